#include "crm/domain/duplicates.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/domain/merge.h"
#include "crm/service/naming.h"
#include "crm/service/whole.h"
#include "reports/report.h"

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr int pairs_shown = 20;

/// How people call what moved, by its table; what has no word here is not told of.
constexpr std::pair<std::string_view, std::string_view> words_of_tables[]{{"contact_point", "addresses"},
                                                                          {"employment", "jobs"},
                                                                          {"education", "schools"},
                                                                          {"interaction_contact", "talks"},
                                                                          {"task", "tasks"},
                                                                          {"favour", "favours"},
                                                                          {"referral", "referrals"},
                                                                          {"contact_tag", "tags"},
                                                                          {"contribution_contact", "contributions"},
                                                                          {"application_contact", "applications"},
                                                                          {"interview_contact", "interviews"},
                                                                          {"job_change", "job changes"},
                                                                          {"contact_extra", "other details"},
                                                                          {"contact_name", "other names"}};

Answer list(Crm& crm, const Args& args) {
  auto found =
      duplicates(crm.store.person_facts(), args.has("at-least") ? std::max(1, args.number("at-least")) : offered_score);
  const auto only = args.has("contact") ? std::optional(contact_named(crm, args.text("contact")).id) : std::nullopt;
  std::set<std::pair<Id<Contact>, Id<Contact>>> settled;
  for (const auto& pair : crm.store.all<ContactDistinct>()) settled.emplace(pair.contact, pair.other);
  std::erase_if(found, [&](const Duplicate& pair) {
    return settled.contains({pair.a, pair.b}) || (only && pair.a != *only && pair.b != *only);
  });
  const auto total = found.size();
  if (const auto limit = static_cast<std::size_t>(args.has("limit") ? args.number("limit") : pairs_shown);
      total > limit)
    found.resize(limit);
  std::vector<reports::PossiblyOne> pairs;
  for (auto& pair : found) {
    auto a = crm.store.get(pair.a).display, b = crm.store.get(pair.b).display;
    pairs.push_back({std::move(pair), std::move(a), std::move(b)});
  }
  Answer answer;
  answer.document = reports::duplicates(pairs, total);
  return answer;
}

Answer distinct(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto one = contact_named(crm, args.text("contact")), other = contact_named(crm, args.text("other"));
  if (one.id == other.id) throw Conflict(fmt::format("both are contact {} {}", one.id.value, one.display));
  const auto said =
      fmt::format("{} {} and {} {} are two people", one.id.value, one.display, other.id.value, other.display);
  const Json data{{"contact", one.id.value}, {"other", other.id.value}, {"distinct", !args.flag("off")}};
  if (args.flag("off")) {
    const auto pair = crm.store.distinct(one.id, other.id);
    if (!pair) throw NotFound("it was never said that " + said);
    crm.store.remove(pair->id);
    return doing.done("no longer said: " + said, data);
  }
  if (!crm.store.distinct(one.id, other.id)) {
    ContactDistinct pair;
    pair.contact = std::min(one.id, other.id), pair.other = std::max(one.id, other.id);
    crm.store.add(pair);
  }
  return doing.done(said, data);
}

std::map<std::string, MergeChoice> choices_of(const Args& args) {
  std::map<std::string, MergeChoice> choices;
  for (const auto& said : args.many("field")) {
    const auto equals = said.find('=');
    const auto choice = equals == std::string::npos ? std::nullopt : from_word<MergeChoice>(said.substr(equals + 1));
    if (!choice)
      throw Wrong(
          fmt::format("field: '{}' is not understood; write headline=theirs, with mine, theirs, newest or both", said));
    auto name = said.substr(0, equals);
    std::replace(name.begin(), name.end(), '-', '_');
    choices[name] = *choice;
  }
  return choices;
}

MergeSide side_of(Crm& crm, const Contact& contact) {
  return {contact, crm.store.hand_edits(contact.id), crm.store.last_told_on(contact.id)};
}

/// "2 addresses, 1 talk"
std::string told(const std::map<std::string, int>& moved) {
  std::string text;
  for (const auto& [table, noun] : words_of_tables) {
    const auto found = moved.find(std::string(table));
    if (found == moved.end()) continue;
    auto counted = std::string(noun);
    if (found->second == 1) counted = counted == "addresses" ? "address" : counted.substr(0, counted.size() - 1);
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", found->second, counted);
  }
  return text;
}

/// What will be kept of each field, and what moves.
reports::Document preview_of(const MergePlan& plan, const Contact& mine, const Contact& theirs,
                             const std::string& moved) {
  using Column = reports::Column;
  reports::Table table;
  table.columns = {
      Column{"field", "field", Column::Align::left, false, false},
      Column{"mine", fmt::format("{} {}", mine.id.value, mine.display), Column::Align::left, true, false},
      Column{"theirs", fmt::format("{} {}", theirs.id.value, theirs.display), Column::Align::left, true, false},
      Column{"kept", "kept", Column::Align::left, true, false}};
  for (const auto& field : plan.fields) {
    const auto cell = [](const std::string& text) { return reports::Cell{text, std::nullopt, reports::Tone::plain}; };
    table.rows.push_back({cell(field.name), cell(field.mine), cell(field.theirs), cell(field.kept)});
  }
  reports::Document document;
  document.title =
      fmt::format("{} {} and {} {} as one person", mine.id.value, mine.display, theirs.id.value, theirs.display);
  document.finding = moved.empty() ? "nothing else moves" : moved + " move";
  document.blocks.push_back(std::move(table));
  return document;
}

Answer merge(Crm& crm, const Args& args) {
  const Sight of_all(crm.store, true);  // both private notes and all talks are kept, whoever asks
  Doing doing(crm);
  const auto mine = contact_named(crm, args.text("contact")), theirs = contact_named(crm, args.text("other"));
  if (mine.id == theirs.id) throw Conflict(fmt::format("both are contact {} {}", mine.id.value, mine.display));
  if (theirs.me)
    throw Conflict(fmt::format("{} is you; write ties contact merge me {}", theirs.display, mine.id.value));
  const auto choices = choices_of(args);
  if (choices.contains("private_note")) must_see_private(crm, "field");
  auto plan = merge_plan(side_of(crm, mine), side_of(crm, theirs), choices);
  if (crm.store.distinct(mine.id, theirs.id) && !args.go_on()) {
    throw Guarded(
        {{"two people", fmt::format("you said that {} and {} are not the same person", mine.display, theirs.display)}});
  }
  auto moved = crm.store.merge(plan.contact, theirs);
  for (const auto& other_name : plan.other_names) {
    const auto known = crm.store.names(mine.id);
    if (std::any_of(known.begin(), known.end(), [&](const auto& name) { return name.name == other_name; })) continue;
    ContactName name;
    name.contact = mine.id, name.name = other_name,
    name.source = other_name == theirs.display ? theirs.source : mine.source;
    crm.store.add(name);
  }
  for (const auto& field : plan.settled) crm.store.mark_hand_edit(mine.id, field);
  const auto what_moved = told(moved);
  const Sight of_who_asks(crm.store, crm.sees_private);
  if (!crm.sees_private) std::erase_if(plan.fields, [](const auto& field) { return field.name == "private_note"; });
  Json fields = Json::array();
  for (const auto& field : plan.fields)
    fields.push_back({{"field", field.name}, {"mine", field.mine}, {"theirs", field.theirs}, {"kept", field.kept}});
  Json data{{"contact", whole(crm, crm.store.get(mine.id))}, {"fields", fields}, {"moved", moved}};
  if (crm.dry_run) {
    Answer answer;
    answer.data = std::move(data);
    answer.document = preview_of(plan, mine, theirs, what_moved);
    answer.said = fmt::format("would merge {} {} into {} {}; nothing was kept", theirs.id.value, theirs.display,
                              mine.id.value, mine.display);
    return answer;
  }
  auto answer = doing.done(
      fmt::format("merged {} {} into {} {}", theirs.id.value, theirs.display, mine.id.value, mine.display), std::move(data));
  if (!what_moved.empty()) answer.remarks.push_back(what_moved + " came along");
  for (const auto& field : plan.fields) {
    if (!field.mine.empty() && !field.theirs.empty() && field.kept != field.theirs && field.mine != field.theirs &&
        field.name != "name") {
      answer.remarks.push_back(
          fmt::format("{} stays '{}'; {} said '{}'", field.name, field.kept, theirs.id.value, field.theirs));
    }
  }
  return answer;
}

}  // namespace

std::vector<Verb> duplicate_verbs() {
  constexpr Arg one{"contact", Kind::text, "a number, a name, or an unambiguous part of one", Place::first};
  return {
      {"duplicates",
       "GET /duplicates",
       "contacts that may be one person, why, and what settles it",
       "ties duplicates --at-least 80",
       {{"contact", Kind::text, "pairs of this one only"},
        {"at-least", Kind::number, "from this score on; 55 when not said"},
        {"limit", Kind::number, "at most so many; 20 when not said"}},
       list,
       false, "", "Document"},
      {"contact merge",
       "POST /contacts/{contact}/merge",
       "two records of one person become one; the second goes into the first",
       "ties contact merge 3 17 --field headline=theirs --preview",
       {one,
        {"other", Kind::text, "the one that goes into it", Place::first},
        {"field", Kind::text, "what is kept of a field: headline=theirs, or mine, newest, both; as often as needed",
         Place::repeated},
        {"preview", Kind::flag, "show what would be kept, and keep nothing"}},
       merge,
       true, "", "Merged"},
      {"contact distinct",
       "POST /contacts/{contact}/distinct",
       "two people, however alike: never offered as one again",
       "ties contact distinct 3 17",
       {one, {"other", Kind::text, "the other person", Place::first}, {"off", Kind::flag, "take that back"}},
       distinct,
       true, "", "Distinct"},
  };
}

}  // namespace ties
