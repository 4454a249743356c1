#include <fmt/format.h>

#include <algorithm>

#include "crm/text/text.h"
#include "reports/applications_parts.h"

namespace ties::reports {
namespace {

enum class Step { asked, agreed, handed_in, interview, offer };
constexpr std::array step_words{"asked"sv, "agreed"sv, "handed in"sv, "interview"sv, "offer"sv};
using Counts = std::array<std::size_t, step_words.size()>;

struct Ask {
  const ReferralHistory* history{};
  AskCourse course{};
  Step furthest{};
};

/// `came`: how far its application did; `lead` when there is none.
Step furthest_step(const AskCourse& course, StageKind came) {
  if (course.handed_in && came >= StageKind::offer) return Step::offer;
  if (course.handed_in && came >= StageKind::interview) return Step::interview;
  return course.handed_in ? Step::handed_in : course.agreed ? Step::agreed : Step::asked;
}

void count(Counts& counts, const Ask& ask) {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(ask.furthest); ++i) ++counts[i];
}

Chart chart_of(const Counts& counts, const std::string& finding) {
  Chart chart;
  chart.title = "What asks led to";
  chart.finding = finding;
  chart.unit = "%";
  chart.behind.columns = {words_under("step", "step"),   numbers_under("referrals", "referrals"), numbers_under("of", "of"),
                          numbers_under("share", "share"), for_people("95 % interval"),             numbers_for_programs("share_from"),
                          numbers_for_programs("share_to")};
  chart.behind.when_empty = "nobody was asked yet";
  const auto all = counts[0];
  for (std::size_t i = 0; i < counts.size() && all > 0; ++i) {
    const double share = static_cast<double>(counts[i]) / static_cast<double>(all);
    const auto sure = wilson(static_cast<int>(counts[i]), static_cast<int>(all));
    const std::string name(step_words[i]);
    chart.marks.push_back({name, {share * 100}, part_of(counts[i], all).text, std::pair(sure.from * 100, sure.to * 100)});
    chart.behind.rows.push_back({words(name), amount(counts[i]), amount(all), percent(share),
                                 words(fmt::format("{:.0f}–{:.0f} %", sure.from * 100, sure.to * 100), Tone::muted), percent(sure.from), percent(sure.to)});
  }
  return chart;
}

struct Grouped {
  std::string name{};
  Counts counts{};
};

Table table_of(const std::string& title, const std::string& heading, const std::vector<Grouped>& groups) {
  Table table;
  table.title = title;
  table.columns = {words_under("group", heading),        numbers_under("asked", "asked"),         numbers_under("agreed", "agreed"),
                   numbers_under("handed_in", "handed in"), numbers_under("interview", "interview"), numbers_under("offer", "offer")};
  for (const auto& [name, counts] : groups) {
    std::vector<Cell> row{words(name), amount(counts[0])};
    for (std::size_t i = 1; i < counts.size(); ++i) row.push_back(with_share(counts[i], counts[0]));
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// In the order of their keys, those without any left out.
template <class Key, class KeyOf, class NameOf>
std::vector<Grouped> grouped(const std::vector<Ask>& asks, KeyOf key_of, NameOf name_of) {
  std::map<Key, Grouped> groups;
  for (const auto& ask : asks) {
    auto& group = groups[key_of(ask)];
    if (group.name.empty()) group.name = name_of(ask);
    count(group.counts, ask);
  }
  std::vector<Grouped> list;
  for (auto& [key, group] : groups) list.push_back(std::move(group));
  return list;
}

}  // namespace

Document referrals(const SearchHistory& history, const Selection& selection, Date today) {
  const auto came = furthest_with_reroutes(chosen(history, {}));
  std::map<Id<Application>, Id<Pipeline>> pipelines;
  for (const auto& one : history.applications) pipelines[one.application.id] = one.application.pipeline;
  std::vector<Ask> asks;
  Counts counts{};
  std::size_t left_out = 0, not_asked = 0, to_come = 0;
  for (const auto& one : history.referrals) {
    const auto course = course_of(one, today);
    const auto application = one.referral.application.value_or(Id<Application>{});
    const bool of_pipeline = !selection.pipeline || (pipelines.count(application) > 0 && pipelines.at(application) == *selection.pipeline);
    if (!course) {
      ++not_asked;
    } else if (!selection.holds(course->asked_on) || !of_pipeline) {
      ++left_out;
    } else {
      to_come += today < course->asked_on ? 1 : 0;
      const auto known = came.find(application);
      asks.push_back({&one, *course, furthest_step(*course, known == came.end() ? StageKind::lead : known->second)});
      count(counts, asks.back());
    }
  }
  auto document = begun("What asks for a referral led to", "asks", asks.size(), left_out, history, selection);
  document.finding = asks.empty() ? "nobody was asked for a referral yet"
                                  : fmt::format("of {} {} {} agreed to, {} handed in, {} led to an interview, {} to an offer", counted(counts[0], "ask"), counts[1],
                                                counts[1] == 1 ? "was" : "were", counts[2], counts[3], counts[4]);
  add_chart(document, chart_of(counts, document.finding), asks.size(), "ask");
  const auto kind = [](const Ask& ask) { return ask.history->referrer; };
  const auto kind_name = [](const Ask& ask) {
    constexpr std::array names{"colleague", "introduced", "maintainer", "met at an event", "others"};
    return std::string(names.at(static_cast<std::size_t>(ask.history->referrer)));
  };
  const auto channel = [](const Ask& ask) { return text::fold(ask.history->referral.asked_via); };
  const auto channel_name = [](const Ask& ask) { return ask.history->referral.asked_via.empty() ? "not said" : ask.history->referral.asked_via; };
  const auto nudges = [](const Ask& ask) { return std::min(ask.course.nudges, 2); };
  const auto nudges_name = [](const Ask& ask) { return std::string(ask.course.nudges == 0 ? "none" : ask.course.nudges == 1 ? "1" : "2 or more"); };
  document.blocks.push_back(table_of("By who was asked", "who", grouped<ReferrerKind>(asks, kind, kind_name)));
  document.blocks.push_back(table_of("By way of asking", "way", grouped<std::string>(asks, channel, channel_name)));
  document.blocks.push_back(table_of("By reminders", "reminders", grouped<int>(asks, nudges, nudges_name)));
  if (not_asked > 0) add_remark(document, fmt::format("{} {} asked for yet, and left out", counted(not_asked, "referral"), not_asked == 1 ? "is not" : "are not"));
  if (to_come > 0) add_remark(document, fmt::format("{} {} made on a day to come, and counted all the same", counted(to_come, "ask"), to_come == 1 ? "was" : "were"));
  add_remark(document, left_out_text(left_out, "asked for", history, selection));
  return document;
}

}  // namespace ties::reports
