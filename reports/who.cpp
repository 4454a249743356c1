#include "reports/report.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties::reports {

Document who(const std::string& company, std::vector<Known> known, Date today) {
  std::stable_sort(known.begin(), known.end(), [](const Known& a, const Known& b) { return std::pair(!a.now, -a.tie.score) < std::pair(!b.now, -b.tie.score); });
  Document document;
  document.title = "Whom I know at " + company;
  Table now, before;
  now.title = "Now", before.title = "Formerly";
  for (auto* table : {&now, &before}) {
    table->columns = {{"name", "name", Column::Align::left, true, false}, {"title", "title", Column::Align::left, true, false}, {"tie", "tie", Column::Align::left, false, false}, {"score", "score", Column::Align::right, false, false},
                      {"last", "in touch", Column::Align::left, false, false}, {"why", "why", Column::Align::left, true, false}, {"id", "#", Column::Align::right, false, false}};
  }
  for (const auto& person : known) {
    std::string why = person.since.empty() ? "" : "there since " + person.since;
    for (std::size_t i = 0; i < std::min<std::size_t>(person.tie.reasons.size(), 2); ++i) why += (why.empty() ? "" : "; ") + person.tie.reasons[i].text;
    if (why.empty() && person.as_of) why = "says so as of " + to_text(*person.as_of);
    const auto plain = [](std::string text) { return Cell{std::move(text), std::nullopt, Tone::plain}; };
    (person.now ? now : before).rows.push_back({Cell{person.name, std::nullopt, Tone::strong}, plain(person.title), plain(person.tie.word), Cell{std::to_string(person.tie.score), person.tie.score, Tone::plain},
                                                plain(person.tie.last_in_touch ? relative(*person.tie.last_in_touch, today) : "never"), plain(why),
                                                Cell{std::to_string(person.id), static_cast<double>(person.id), Tone::muted}});
  }
  document.finding = known.empty() ? "nobody known at " + company + " yet" : fmt::format("{} at {} now, {} formerly", now.rows.size(), company, before.rows.size());
  if (!now.rows.empty()) document.blocks.push_back(std::move(now));
  if (!before.rows.empty()) document.blocks.push_back(std::move(before));
  return document;
}

}  // namespace ties::reports
