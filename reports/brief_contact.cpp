#include <fmt/format.h>

#include <algorithm>

#include "reports/brief_parts.h"

namespace ties::reports {
namespace {

Fields who_they_are(const PersonBrief& person, Date today) {
  const auto& contact = person.contact;
  FieldsOf fields("Who");
  fields.add("name", contact.display + (contact.suffix.empty() ? "" : ", " + contact.suffix), Tone::strong)
      .add("also_called",
           fmt::format("{}{}{}", contact.nickname, contact.nickname.empty() || person.also.empty() ? "" : ", ",
                       fmt::join(person.also, ", ")))
      .add("pronouns", contact.pronouns)
      .add("job", person.job)
      .add("before", fmt::format("{}", fmt::join(person.before, "; ")))
      .add("headline", contact.headline)
      .add("lives_in", contact.location)
      .add("email", person.email)
      .add("met", how_met(person))
      .add("connected", contact.connected_on ? friendly(*contact.connected_on) : "")
      .add("circles", fmt::format("{}", fmt::join(person.circles, ", ")))
      .add("in_touch_every", contact.cadence_days ? counted(*contact.cadence_days, "day") : "")
      .add("tie", tie_in_words(person.tie, today))
      .add("to_ask_for_a_referral", std::string(word(person.ready.verdict)))
      .add("favours", balance_in_words(person.favours))
      .add("notes", contact.notes)
      .add("private_note", contact.private_note);
  return fields.done();
}

Table why(const PersonBrief& person) {
  auto table = table_of("Why", {"of", "text:because", "!record"});
  for (const auto& reason : person.tie.reasons) add_row(table, {"tie", reason.text, reason.record});
  for (const auto& text : person.ready.missing) add_row(table, {"before asking", text, ""});
  for (const auto& reason : person.ready.reasons) add_row(table, {"for asking", reason.text, reason.record});
  return table;
}

Table latest_talks(const PersonBrief& person) {
  auto table = table_of("Latest talks", {"when", "what", "text", "!at", "!record"}, "no talk was noted yet");
  for (const auto& [talk, event] : person.talks) {
    const std::string direction = talk.direction == Direction::in    ? " from them"
                                  : talk.direction == Direction::out ? " from me"
                                                                     : "";
    add_row(table, {short_day(talk.when.day),
                    fmt::format("{}{}{}{}", word(talk.kind), direction, event.empty() ? "" : " at " + event,
                                talk.confidential ? ", confidential" : ""),
                    in_short(talk.text), to_text(talk.when), fmt::format("interaction {}", talk.id.value)});
  }
  return table;
}

Table shared_people(const PersonBrief& person) {
  auto table = table_of("People we both know", {"name", "how", "!contact"});
  for (const auto& one : person.shared) {
    add_row(table, {one.name, one.how, std::to_string(one.contact.value)});
  }
  return table;
}

Table favours(const PersonBrief& person) {
  auto table = table_of("Favours", {"direction:who", "text:what", "on", "!record"});
  for (const auto& favour : person.favours) {
    add_row(table, {favour.direction == FavourDirection::given ? "I helped" : "they helped", in_short(favour.text),
                    short_day(favour.on), fmt::format("favour {}", favour.id.value)});
  }
  return table;
}

Table moves(const PersonBrief& person) {
  auto table = table_of("Changes of job", {"on", "from", "to"});
  for (const auto& move : person.moves) add_row(table, {short_day(move.on), move.from, move.to});
  return table;
}

Table to_offer(const PersonBrief& person, Date today) {
  auto table =
      table_of("What I can do for them", {"what"}, "nothing is known: ask what they work on, and what would help");
  for (auto& offer : favours_to_offer(person, today)) add_row(table, {std::move(offer)});
  return table;
}

}  // namespace

Document contact_brief(const PersonBrief& person, Date today) {
  const bool tells_private =
      !person.contact.private_note.empty() ||
      std::any_of(person.talks.begin(), person.talks.end(), [](const auto& t) { return t.interaction.confidential; });
  Document document;
  document.title = "Brief: " + person.contact.display;
  document.finding = fmt::format("{}{}; {}", person.job, person.job.empty() ? "where they work is not known" : "",
                                 tie_in_words(person.tie, today));
  if (!person.open.empty()) {
    document.finding +=
        fmt::format("; {} open", counted(static_cast<std::int64_t>(person.open.size()), "thing", "things"));
  }
  document.facts = {{"contact_id", number_cell(static_cast<double>(person.contact.id.value))},
                    {"contact", text_cell(person.contact.display)}};
  Cut cut;
  document.blocks = {
      privacy_mark(tells_private),
      who_they_are(person, today),
      cut.to(8, open_matters("Open between us", person.open, today, "nothing is promised"), "thing open",
             "things open"),
      cut.to(6, latest_talks(person), "earlier talk", "earlier talks"),
      to_offer(person, today),
      cut.to(4, favours(person), "earlier favour", "earlier favours"),
      cut.to(5, works("My work that they know", person.works), "more piece of work", "more pieces of work"),
      cut.to(6, shared_people(person), "more person whom both know", "more people whom both know"),
      cut.to(6, matters("Referrals and applications", "part", person.matters), "more application", "more applications"),
      cut.to(3, moves(person), "earlier change of job", "earlier changes of job"),
      cut.to(12, why(person), "reason", "reasons")};
  document.blocks.push_back(cut.said(fmt::format("ties contact show {}", person.contact.id.value)));
  return document;
}

}  // namespace ties::reports
