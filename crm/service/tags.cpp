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
