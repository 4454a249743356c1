#include "crm/service/listing.h"
#include "crm/service/naming.h"
#include "crm/service/told.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

Json change_json(const Change& change, const Told& told) {
  return {{"id", change.id.value}, {"at", change.at}, {"said", told(change.said)}, {"door", change.door},
          {"state", change.undone ? "undone" : change.undoes ? fmt::format("undoes {}", change.undoes->value) : ""}};
}

Answer take_back(Crm& crm, const Change& change, const std::string& verb) {
  Doing doing(crm);
  const auto kept = crm.store.journal().take_back(change.id, doing.change());
  Json list = Json::array();
  for (const auto& record : kept) list.push_back({{"noun", record.noun}, {"id", record.id}, {"name", record.name}});
  const auto number = change.undoes ? change.undoes->value : change.id.value;
  auto answer = doing.done(fmt::format("{} {}: {}", verb, number, Told(crm)(change.said)), {{"change", change.id.value}, {"kept", list}}, change.id);
  for (const auto& record : kept) answer.remarks.push_back(fmt::format("kept {} {} {}: changed since", record.noun, record.id, record.name));
  return answer;
}

/// An undo taken back: what was done at first is told, and whether it stands again.
Answer done_again(Crm& crm, const Change& undo) {
  int turns = 0;
  auto original = undo;
  for (; original.undoes; ++turns) original = *crm.store.journal().find(*original.undoes);
  Change named = undo;
  named.said = original.said, named.undoes = original.id;
  return take_back(crm, named, turns % 2 == 1 ? "redid" : "undid");
}

Answer undo(Crm& crm, const Args& args) {
  auto change = crm.store.journal().newest_to_undo();
  if (args.has("change")) {
    const auto number = args.number("change");
    change = crm.store.journal().find({number});
    if (!change) throw NotFound(fmt::format("there is no change {}; `ties history` lists them", number));
  }
  if (!change) throw Conflict("there is nothing to undo");
  return change->undoes ? done_again(crm, *change) : take_back(crm, *change, "undid");
}

Answer redo(Crm& crm, const Args&) {
  const auto change = crm.store.journal().newest_to_redo();
  if (!change) throw Conflict("there is nothing to redo: the last change was no undo; `ties undo NUMBER` takes back an older undo");
  return done_again(crm, *change);
}

/// "contact ada", "application 3", or a contact's name alone.
changeset::Row thing(Crm& crm, const std::string& text) {
  const auto blank = text.find(' ');
  const auto noun = text.substr(0, blank);
  const auto rest = blank == std::string::npos ? "" : text.substr(blank + 1);
  if (!rest.empty()) {
    if (noun == "contact") return {"contact", contact_named(crm, rest).id.value};
    if (noun == "company") return {"company", company_named(crm, rest).id.value};
    if (noun == "event") return {"event", event_named(crm, rest).id.value};
    if (noun == "application") return {"application", application_named(crm, rest).id.value};
    if (noun == "referral") return {"referral", numbered<Referral>(crm, rest).id.value};
    if (noun == "task") return {"task", numbered<Task>(crm, rest).id.value};
    if (noun == "interview") return {"interview", numbered<Interview>(crm, rest).id.value};
    if (noun == "interaction") return {"interaction", numbered<Interaction>(crm, rest).id.value};
  }
  return {"contact", contact_named(crm, text).id.value};
}

Answer history(Crm& crm, const Args& args) {
  constexpr int listed_when_not_said = 30;
  auto page = args.page();
  page.limit = page.limit.value_or(listed_when_not_said);
  const auto cursor = cursor_of(page);
  const Told told(crm);
  Answer answer;
  answer.data = Json::array();
  if (args.has("of") || !page.sort.empty() || (cursor && !cursor->sort.empty())) {
    const auto changes = args.has("of") ? crm.store.journal().changes_of(thing(crm, args.text("of"))) : crm.store.journal().changes();
    for (const auto& change : changes) answer.data.push_back(change_json(change, told));
    turn_to_page(answer, page);
    return answer;
  }
  const auto before = cursor ? std::optional(Id<Change>{number_of_row(*cursor)}) : std::nullopt;
  auto changes = crm.store.journal().page(*page.limit + 1, page.offset, before);  // one more, to see whether there are more
  answer.total = crm.store.journal().count();
  if (changes.size() > static_cast<std::size_t>(*page.limit)) {
    changes.pop_back();
    if (!changes.empty()) answer.next = to_text({"", nullptr, changes.back().id.value, 0});
  }
  for (const auto& change : changes) answer.data.push_back(change_json(change, told));
  return answer;
}

}  // namespace

std::vector<Verb> journal_verbs() {
  return {
      {"undo", "POST /undo", "take back the last change, or any one by its number", "ties undo 12", {{"change", Kind::number, "its number in the history", Place::optional_first}}, undo, true, "", "TakenBack"},
      {"redo", "POST /redo", "do again what was undone last", "ties redo", {}, redo, true, "", "TakenBack"},
      {"history", "GET /history", "what was done, newest first", "ties history --of 'contact ada'", {{"of", Kind::text, "changes of one thing: 'contact ada', 'application 3'"}, {"limit", Kind::number, "at most so many; 30 when not said"}}, history, false,
       "id:#, at:when, said:what, door:from, state", "[Change]"},
  };
}

}  // namespace ties
