#include <fmt/format.h>

#include <algorithm>

#include "reports/brief_parts.h"

namespace ties::reports {
namespace {

Table people(const WarmPaths& ways, Date today) {
  auto table = table_of("Whom I know", {"name", "job", "tie", "ready:to ask", "first_step:first step", "!contact"},
                        "nobody yet; let them see your work, and meet them at events");
  const auto add = [&](const WarmPath& path) {
    const auto& person = path.person;
    const auto job = person.now ? person.title : person.title + (person.title.empty() ? "formerly" : ", formerly");
    add_row(table,
            {person.name, job, tie_in_words(path.tie, today), person.now ? std::string(word(path.ready.verdict)) : "",
             path.step, std::to_string(person.contact.value)});
    table.rows.back()[0].tone = Tone::strong;
  };
  for (const auto* part : {&ways.now, &ways.formerly}) std::for_each(part->begin(), part->end(), add);
  return table;
}

Table through_others(const std::vector<WarmPath>& ways) {
  auto table = table_of("Who may introduce me", {"name", "to", "because", "!contact"}, "nobody");
  for (const auto& way : ways) {
    add_row(table, {way.through->name, way.person.name, way.hop.front().text,
                    std::to_string(way.through->contact.value)});
    table.rows.back()[0].tone = Tone::strong;
  }
  return table;
}

}  // namespace

Document company_brief(const CompanyBrief& brief, Date today) {
  Document document;
  document.title = "Brief: " + brief.company.name;
  document.finding = fmt::format(
      "{} known there now, {} formerly; {}, {}", brief.ways.now.size(), brief.ways.formerly.size(),
      counted(static_cast<std::int64_t>(brief.applications.size()), "application", "applications"),
      counted(static_cast<std::int64_t>(brief.referrals.size()), "referral", "referrals"));
  document.facts = {{"company_id", number_cell(static_cast<double>(brief.company.id.value))},
                    {"company", text_cell(brief.company.name)}};
  FieldsOf about("About");
  about.add("name", brief.company.name, Tone::strong)
      .add("also_known_as", fmt::format("{}", fmt::join(brief.also, ", ")))
      .add("target", brief.company.target      ? "yes"
                     : brief.company.suggested ? "suggested"
                                               : "no")
      .add("notes", brief.company.notes);
  Cut cut;
  document.blocks = {
      privacy_mark(false),
      about.done(),
      cut.to(10, people(brief.ways, today), "more person", "more people"),
      cut.to(3, through_others(brief.ways.second_hop), "more introduction", "more introductions"),
      cut.to(6, matters("Applications", "referrer", brief.applications, "none yet"), "more application",
             "more applications"),
      cut.to(6, matters("Referrals", "through", brief.referrals, "none yet"), "more referral", "more referrals"),
      cut.to(8, open_matters("Promises and tasks", brief.open, today, "nothing is open"), "thing open", "things open"),
      cut.to(6, works("My work that they know", brief.works, "none in their repositories yet"), "older piece of work",
             "older pieces of work")};
  document.blocks.push_back(cut.said(fmt::format("ties company show {}", brief.company.id.value)));
  return document;
}

}  // namespace ties::reports
