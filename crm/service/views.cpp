#include <fmt/format.h>

#include <algorithm>

#include "crm/service/naming.h"
#include "crm/text/text.h"

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr int query_characters_max = 2'000;
constexpr std::size_t query_bytes_max = 100'000;  // longer ones are cut before they are counted

constexpr Arg which{"view", Kind::text, "its number, or its name", Place::first};

/// By its number or its whole name, blind to case.
View view_called(Crm& crm, const std::string& text) {
  std::vector<View> found;
  std::vector<std::string> names;
  for (auto& view : crm.store.views(std::nullopt)) {
    if (std::to_string(view.id.value) == text) return view;
    names.push_back(view.name);
    if (text::fold(view.name) == text::fold(text)) found.push_back(std::move(view));
  }
  if (found.empty()) {
    throw NotFound(
        fmt::format("there is no view '{}'{}; `ties view list` shows them", text, did_you_mean(text, names)));
  }
  if (found.size() > 1) throw Conflict(fmt::format("{} views are called '{}'; give the number", found.size(), text));
  return std::move(found.front());
}

std::string name_of(const std::string& written) {
  auto name = text::clean_line(written);
  if (name.empty()) throw Wrong("name: give a name", "name");
  return name;
}

/// As it stands behind the "?" of an address; the "?" itself may be given too.
std::string query_of(const std::string& written) {
  auto query = text::clean_line(written, query_bytes_max);
  if (query.starts_with('?')) query.erase(0, 1);
  const auto characters =
      std::count_if(query.begin(), query.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  if (characters > query_characters_max)
    throw Wrong(fmt::format("query: give at most {} characters", query_characters_max), "query");
  return query;
}

/// Keeps a view, new where it has no number, at a place among those of its page; the others make room, and give up to
/// be the standard one when it is.
View put(Crm& crm, View view, std::optional<int> position) {
  auto others = crm.store.views(view.page);
  std::erase_if(others, [&](const View& other) { return other.id == view.id; });
  for (const auto& other : others) {
    if (text::fold(other.name) == text::fold(view.name)) {
      throw Conflict(fmt::format("view {} of this page is called '{}' already", other.id.value, other.name));
    }
  }
  const auto last = static_cast<int>(others.size()) + 1;
  view.position = std::clamp(position.value_or(last), 1, last);
  for (auto& other : others) {
    const auto place = static_cast<int>(&other - others.data()) + 1;
    const auto before = other;
    other.position = place < view.position ? place : place + 1;
    other.standard = other.standard && !view.standard;
    if (!(other == before)) crm.store.update(other);
  }
  if (view.id.value == 0) {
    view.id = crm.store.add(view);
  } else {
    crm.store.update(view);
  }
  return view;
}

Answer add(Crm& crm, const Args& args) {
  Doing doing(crm);
  View view;
  view.page = *args.choice<ViewPage>("page");
  view.name = name_of(args.text("name"));
  view.query = query_of(args.text("query"));
  view.standard = args.flag("standard");
  view = put(crm, std::move(view), args.number_if_any("position"));
  return doing.done(fmt::format("kept the view {} of {}", view.name, word(view.page)), wire::record(view));
}

Answer list(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = Json::array();
  for (const auto& view : crm.store.views(args.choice<ViewPage>("page"))) answer.data.push_back(wire::record(view));
  return answer;
}

Answer show(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = wire::record(view_called(crm, args.text("view")));
  return answer;
}

Answer edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto view = view_called(crm, args.text("view"));
  if (args.has("name")) view.name = name_of(args.text("name"));
  if (args.has("query")) view.query = query_of(args.text("query"));
  if (args.flag("standard")) view.standard = true;
  if (args.flag("no-standard")) view.standard = false;
  view = put(crm, view, args.number_if_any("position").value_or(view.position));
  return doing.done("edited the view " + view.name, wire::record(view));
}

Answer remove(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto view = view_called(crm, args.text("view"));
  crm.store.remove(view.id);
  int place = 0;
  for (auto& other : crm.store.views(view.page)) {
    if (other.position == ++place) continue;
    other.position = place;
    crm.store.update(other);
  }
  return doing.done(fmt::format("deleted the view {}; `ties undo` brings it back", view.name), wire::record(view));
}

}  // namespace

std::vector<Verb> view_verbs() {
  const Arg query{"query", Kind::text, "what stands behind the '?' of the page's address"};
  const Arg position{"position", Kind::number, "its place among the page's views; last when not said"};
  const Arg standard{"standard", Kind::flag, "the page opens with it"};
  return {
      {"view add",
       "POST /views",
       "keep a list as you want to see it again",
       "ties view add 'Quiet alumni' --page contacts --query 'q=tag%3Aalumni+last%3A%3E90d&sort=last'",
       {{"name", Kind::text, "its name", Place::first},
        {"page", Kind::choice, "contacts, companies, applications or contributions", Place::option, true,
         words<ViewPage>()},
        query,
        position,
        standard},
       add,
       true,
       "",
       "View"},
      {"view list",
       "GET /views",
       "the lists that were kept, by page",
       "ties view list --page contacts",
       {{"page", Kind::choice, "of this page alone", Place::option, false, words<ViewPage>()}},
       list,
       false,
       "id:#, page, position, name, query, standard",
       "[View]"},
      {"view show", "GET /views/{view}", "a list that was kept", "ties view show 1", {which}, show, false, "", "View"},
      {"view edit",
       "PATCH /views/{view}",
       "rename a view, change it, or give it another place",
       "ties view edit 1 --position 1 --standard",
       {which,
        {"name", Kind::text, "the new name"},
        query,
        position,
        standard,
        {"no-standard", Kind::flag, "the page opens without it"}},
       edit,
       true,
       "",
       "View"},
      {"view delete",
       "DELETE /views/{view}",
       "forget a view; what it shows stays",
       "ties view delete 1",
       {which},
       remove,
       true,
       "",
       "View"},
  };
}

}  // namespace ties
