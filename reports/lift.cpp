#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/applications_parts.h"

namespace ties::reports {
namespace {

constexpr int arm_least = 5;

struct Rate {
  std::string_view key, name;
  StageKind kind;
};
constexpr Rate rates[] = {{"reply", "a reply", StageKind::screen}, {"interview", "an interview", StageKind::interview}, {"offer", "an offer", StageKind::offer}};

/// How far those of one side came.
using Side = std::vector<StageKind>;

int count_of(const Side& side, const Rate& rate) {
  return static_cast<int>(std::count_if(side.begin(), side.end(), [&rate](StageKind came) { return came >= rate.kind; }));
}

/// The first day on which it was sent, as far as its lines tell.
Date sent_on(const Chosen& one) {
  for (const auto& visit : visits(*one.history, one.now)) {
    if (visit.kind >= StageKind::applied && visit.kind != StageKind::closed) return visit.from;
  }
  return one.history->application.opened_on;
}

bool is_referred(const SearchHistory& history, const Chosen& one, Date today) {
  const auto& application = one.history->application;
  if (application.source == ApplicationSource::referral) return true;
  return std::any_of(history.referrals.begin(), history.referrals.end(), [&](const ReferralHistory& referral) {
    const auto course = referral.referral.application == application.id ? course_of(referral, today) : std::nullopt;
    return course && course->handed_in && course->handed_in_on <= sent_on(one);
  });
}

std::string signed_points(double share) {
  return fmt::format("{}{:.0f}", share < 0 ? "−" : "+", std::abs(share * 100));
}

void add_side(std::vector<Cell>& row, int count, const Side& side) {
  const auto of = static_cast<int>(side.size());
  const auto sure = wilson(count, of);
  row.push_back(part_of(static_cast<std::size_t>(count), side.size()));
  row.push_back(words(fmt::format("{:.0f}–{:.0f} %", sure.from * 100, sure.to * 100), Tone::muted));
  row.push_back(amount(side.size()));
  row.push_back(percent(static_cast<double>(count) / of));
  row.push_back(percent(sure.from));
  row.push_back(percent(sure.to));
}

void add_marks(Chart& chart, const Rate& rate, const std::string& name, const Side& side) {
  const int count = count_of(side, rate);
  const auto sure = wilson(count, static_cast<int>(side.size()));
  chart.marks.push_back({fmt::format("{}, {}", rate.key, name), {100.0 * count / static_cast<double>(side.size())},
                         part_of(static_cast<std::size_t>(count), side.size()).text, std::pair(sure.from * 100, sure.to * 100)});
}

/// "an interview came of 63 % against 17 %: 46 points more, surely between 3 and 72"
std::string compared(const Rate& rate, const Side& referred, const Side& cold) {
  const int one = count_of(referred, rate), other = count_of(cold, rate);
  const auto found = difference(one, static_cast<int>(referred.size()), other, static_cast<int>(cold.size()));
  const bool tells = found.interval.from > 0 || found.interval.to < 0;
  return fmt::format("{} came of {} of {} referred and {} of {} cold applications: {} points, {} to {}{}", rate.name, one, referred.size(), other, cold.size(),
                     signed_points(found.value), signed_points(found.interval.from), signed_points(found.interval.to), tells ? "" : ", which may be chance");
}

Chart chart_of(const Side& referred, const Side& cold) {
  Chart chart;
  chart.title = "Referred against cold";
  chart.unit = "%";
  chart.table_says_more = true;
  chart.behind.columns = {words_under("rate", "")};
  for (const std::string side : {"referred", "cold"}) {
    chart.behind.columns.push_back(numbers_under(side, side));
    chart.behind.columns.push_back(for_people("95 %"));
    for (const auto* what : {"_of", "_share", "_from", "_to"}) chart.behind.columns.push_back(numbers_for_programs(side + what));
  }
  chart.behind.columns.push_back(numbers_under("difference", "points"));
  chart.behind.columns.push_back(for_people("95 %"));
  chart.behind.columns.push_back(numbers_for_programs("difference_from"));
  chart.behind.columns.push_back(numbers_for_programs("difference_to"));
  for (const auto& rate : rates) {
    const int one = count_of(referred, rate), other = count_of(cold, rate);
    const auto found = difference(one, static_cast<int>(referred.size()), other, static_cast<int>(cold.size()));
    std::vector<Cell> row{words(std::string(rate.key))};
    add_side(row, one, referred);
    add_side(row, other, cold);
    auto points = percent(found.value);
    points.text = signed_points(found.value);
    row.push_back(std::move(points));
    row.push_back(words(fmt::format("{} to {}", signed_points(found.interval.from), signed_points(found.interval.to)), Tone::muted));
    row.push_back(percent(found.interval.from));
    row.push_back(percent(found.interval.to));
    chart.behind.rows.push_back(std::move(row));
    add_marks(chart, rate, "referred", referred);
    add_marks(chart, rate, "cold", cold);
  }
  return chart;
}

/// Of too few: how many there are, and nothing that compares them.
Chart counts_of(const Side& referred, const Side& cold) {
  Chart chart;
  chart.title = "Referred and cold";
  chart.unit = "applications";
  chart.behind.columns = {words_under("rate", ""), numbers_under("referred", "referred"), numbers_under("cold", "cold")};
  chart.behind.rows.push_back({words("sent"), amount(referred.size()), amount(cold.size())});
  for (const auto& rate : rates) {
    chart.behind.rows.push_back({words(std::string(rate.key)), amount(static_cast<std::size_t>(count_of(referred, rate))), amount(static_cast<std::size_t>(count_of(cold, rate)))});
  }
  return chart;
}

}  // namespace

Document lift(const SearchHistory& history, const Selection& selection, Date today) {
  const auto choice = chosen(history, selection);
  Side referred, cold;
  std::size_t not_sent = 0, others = 0;
  const auto lines = lines_of_reroutes(choice);
  const auto how_far = furthest_with_reroutes(choice);
  for (const auto& [first, line] : lines) {
    const auto came = how_far.at(first);
    const bool with_referral = std::any_of(line.begin(), line.end(), [&](const Chosen* one) { return is_referred(history, *one, today); });
    const bool is_cold = std::any_of(line.begin(), line.end(), [id = first](const Chosen* one) {
      return one->history->application.id == id && one->history->application.source == ApplicationSource::cold;
    });
    if (came < StageKind::applied) {
      ++not_sent;
    } else if (with_referral) {
      referred.push_back(came);
    } else if (is_cold) {
      cold.push_back(came);
    } else {
      ++others;
    }
  }
  auto document = begun("Whether referrals help", "applications", referred.size() + cold.size(), choice.left_out, history, selection);
  const bool is_enough = referred.size() >= arm_least && cold.size() >= arm_least;
  document.finding = is_enough ? compared(rates[1], referred, cold)
                     : choice.applications.empty()
                         ? "no application yet"
                         : fmt::format("too few to compare: {} referred and {} cold, and each side wants {}", referred.size(), cold.size(), arm_least);
  auto chart = is_enough ? chart_of(referred, cold) : counts_of(referred, cold);
  chart.finding = document.finding;
  chart.behind.title = chart.title;
  document.blocks.push_back(std::move(chart));
  if (not_sent > 0) add_remark(document, fmt::format("{} {} not sent yet, and left out", counted(not_sent, "application"), not_sent == 1 ? "is" : "are"));
  if (others > 0) add_remark(document, fmt::format("{} came neither by a referral nor cold (a recruiter, an event, asked by them, or not said), and {} left out", counted(others, "application"), others == 1 ? "is" : "are"));
  const auto rerouted = choice.applications.size() - lines.size();
  if (rerouted > 0) add_remark(document, fmt::format("{} came of a reroute, and count{} with the one before", counted(rerouted, "application"), rerouted == 1 ? "s" : ""));
  add_remarks(document, choice, history, selection, today);
  return document;
}

}  // namespace ties::reports
