#include <fmt/format.h>

#include <algorithm>

#include "crm/text/text.h"
#include "reports/brief_parts.h"

namespace ties::reports {
namespace {

using Insider = CompanyBrief::Insider;

/// Those who are there now first, then the strongest tie, then by name.
bool comes_before(const Insider& a, const Insider& b) {
  if (a.known.now != b.known.now) return a.known.now;
  if (a.known.tie.score != b.known.tie.score) return a.known.tie.score > b.known.tie.score;
  return text::compare(a.known.name, b.known.name) < 0;
}

std::string first_step(const Insider& insider) {
  if (!insider.known.now) return "ask whom they still know there";
  if (insider.ready.verdict == Readiness::Verdict::ready || insider.ready.missing.empty()) return "ask for a referral";
  return insider.ready.missing.front();
}

Table people(std::vector<Insider> people, Date today) {
  std::sort(people.begin(), people.end(), comes_before);
  auto table = table_of("Whom I know", {"name", "job", "tie", "ready:to ask", "first_step:first step", "!contact"},
                        "nobody yet; let them see your work, and meet them at events");
  for (const auto& insider : people) {
    const auto& known = insider.known;
    add_row(table, {known.name,
                    known.title + (known.now             ? ""
                                   : known.title.empty() ? "formerly"
                                                         : ", formerly"),
                    tie_in_words(known.tie, today), std::string(word(insider.ready.verdict)), first_step(insider),
                    std::to_string(known.id)});
    table.rows.back()[0].tone = Tone::strong;
  }
  return table;
}

}  // namespace

Document company_brief(const CompanyBrief& brief, Date today) {
  const auto now =
      std::count_if(brief.people.begin(), brief.people.end(), [](const auto& one) { return one.known.now; });
  Document document;
  document.title = "Brief: " + brief.company.name;
  document.finding = fmt::format(
      "{} known there now, {} formerly; {}, {}", now, static_cast<std::ptrdiff_t>(brief.people.size()) - now,
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
      cut.to(10, people(brief.people, today), "more person", "more people"),
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
