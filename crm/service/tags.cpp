#include <fmt/format.h>

#include "crm/service/naming.h"
#include "crm/text/text.h"

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr Arg which{"tag", Kind::text, "its name", Place::first};

Json tag_json(const Tag& tag, int people) {
  auto json = wire::record(tag);
  json["people"] = people;
  return json;
}

Json tag_json(Crm& crm, Id<Tag> id) {
  for (const auto& [tag, people] : crm.store.tags()) {
    if (tag.id == id) return tag_json(tag, people);
  }
  return nullptr;
}

Answer list(Crm& crm, const Args&) {
  Answer answer;
  answer.data = Json::array();
  for (const auto& [tag, people] : crm.store.tags()) answer.data.push_back(tag_json(tag, people));
  return answer;
}

Answer show(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = tag_json(crm, tag_called(crm, args.text("tag")).id);
  return answer;
}

Answer edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto tag = tag_called(crm, args.text("tag"));
  if (args.has("name")) {
    const auto name = text::clean_line(args.text("name"));
    if (name.empty()) throw Wrong("name: give a name", "name");
    const auto same = crm.store.tag_named(name);
    if (same && same->id != tag.id) throw Conflict(fmt::format("there is a tag '{}' already", same->name));
    tag.name = name;
  }
  if (args.has("cadence")) tag.cadence_days = cadence_of(args.text("cadence"));
  crm.store.update(tag);
  return doing.done("edited the tag " + tag.name, tag_json(crm, tag.id));
}

Answer add(Crm& crm, const Args& args) {
  Doing doing(crm);
  Tag tag;
  tag.name = text::clean_line(args.text("name"));
  if (tag.name.starts_with('#')) tag.name.erase(0, 1);
  if (tag.name.empty()) throw Wrong("name: give a name", "name");
  if (const auto same = crm.store.tag_named(tag.name)) throw Conflict(fmt::format("there is a tag '{}' already", same->name));
  if (args.has("cadence")) tag.cadence_days = cadence_of(args.text("cadence"));
  tag.id = crm.store.add(tag);
  return doing.done("added the tag " + tag.name, tag_json(crm, tag.id));
}

Answer merge(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto kept = tag_called(crm, args.text("tag"));
  const auto going = tag_called(crm, args.text("other"));
  if (kept.id == going.id) throw Conflict(fmt::format("{} is one tag", kept.name));
  crm.store.move_tag(going.id, kept.id);
  if (!kept.cadence_days) kept.cadence_days = going.cadence_days;
  crm.store.update(kept);
  crm.store.remove(going.id);
  return doing.done(fmt::format("merged the tag {} into {}", going.name, kept.name), tag_json(crm, kept.id));
}

Answer remove(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto tag = tag_called(crm, args.text("tag"));
  auto json = tag_json(crm, tag.id);
  crm.store.remove(tag.id);
  return doing.done(fmt::format("deleted the tag {}; `ties undo` brings it back", tag.name), std::move(json));
}

}  // namespace

std::vector<Verb> tag_verbs() {
  return {
      {"tag list",
       "GET /tags",
       "tags, with how many people each has; one with a cadence is a circle",
       "ties tag list",
       {},
       list,
       false,
       "id:#, name, cadence_days:cadence, people",
       "[Tag]"},
      {"tag add",
       "POST /tags",
       "make a tag, before anybody has it",
       "ties tag add mentors --cadence 6w",
       {{"name", Kind::text, "its name", Place::first},
        {"cadence", Kind::text, "how often to be in touch: 30, 2w, 3m; it is a circle then"}},
       add,
       true,
       "",
       "Tag"},
      {"tag merge",
       "POST /tags/{tag}/merge",
       "make two tags one: who has the other one gets this one",
       "ties tag merge compilers compiler",
       {which, {"other", Kind::text, "the tag that goes", Place::first}},
       merge,
       true,
       "",
       "Tag"},
      {"tag show", "GET /tags/{tag}", "a tag", "ties tag show compilers", {which}, show, false, "", "Tag"},
      {"tag edit",
       "PATCH /tags/{tag}",
       "rename a tag, or make it a circle",
       "ties tag edit friends --name 'inner circle' --cadence 6w",
       {which,
        {"name", Kind::text, "the new name"},
        {"cadence", Kind::text, "how often to be in touch: 30, 2w, 3m; 'none' for never"}},
       edit,
       true,
       "",
       "Tag"},
      {"tag delete",
       "DELETE /tags/{tag}",
       "delete a tag; the people stay",
       "ties tag delete friends",
       {which},
       remove,
       true,
       "",
       "Tag"},
  };
}

}  // namespace ties
