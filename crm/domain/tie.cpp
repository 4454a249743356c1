#include "crm/domain/tie.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace ties {

namespace {

constexpr double frequent_days_a_year = 12;
constexpr double many_exchanges = 5;
constexpr int year_days = 365;
constexpr int favours_ahead_max = 1;  // received over given, before the next ask is one too many
constexpr int weak_from = 10;  // of a score

/// How deep a channel goes, of 1, and how the reason says it.
struct Depth {
  InteractionKind kind;
  double share;
  const char* words;
};
constexpr std::array depths{Depth{InteractionKind::met, 1.0, "met in person"},
                            Depth{InteractionKind::coffee, 1.0, "had coffee"},
                            Depth{InteractionKind::video, 0.8, "talked by video"},
                            Depth{InteractionKind::call, 0.8, "talked on the phone"},
                            Depth{InteractionKind::talk, 0.6, "met at a talk"},
                            Depth{InteractionKind::introduction, 0.5, "were introduced"},
                            Depth{InteractionKind::recommendation, 0.5, "had a recommendation"},
                            Depth{InteractionKind::email, 0.4, "wrote by email"},
                            Depth{InteractionKind::chat, 0.4, "chatted"},
                            Depth{InteractionKind::message, 0.4, "wrote messages"}};

/// How much a public word for the user weighs, of 1.
constexpr double vouch_recommended = 1.0;
constexpr double vouch_saw_work = 0.8;
constexpr double vouch_endorsed = 0.4;

constexpr double shared_employer_share = 0.7;
constexpr double shared_school_share = 0.3;

struct PartWords {
  ContributionPart part;
  const char* words;
};
constexpr std::array part_words{
    PartWords{ContributionPart::reviewed, "reviewed"}, PartWords{ContributionPart::merged, "merged"},
    PartWords{ContributionPart::answered, "answered"}, PartWords{ContributionPart::coauthor, "worked with you on"}};

std::string words_of(ContributionPart part) {
  const auto row =
      std::find_if(part_words.begin(), part_words.end(), [part](const PartWords& words) { return words.part == part; });
  return row->words;
}

std::string name_of(const Interaction& interaction) {
  return fmt::format("interaction {}", interaction.id.value);
}

std::string name_of(const Contribution& contribution) {
  return fmt::format("contribution {}", contribution.id.value);
}

std::string title_of(const Contribution& contribution) {
  return contribution.title.empty() ? name_of(contribution) : fmt::format("'{}'", contribution.title);
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

/// The interactions up to today, oldest first; what is dated later has not happened yet.
std::vector<const Interaction*> happened(const TieFacts& facts, Date today) {
  std::vector<const Interaction*> log;
  for (const auto& interaction : facts.interactions) {
    if (interaction.when.day <= today) log.push_back(&interaction);
  }
  std::stable_sort(log.begin(), log.end(), [](const Interaction* a, const Interaction* b) {
    if (a->when.day != b->when.day) return a->when.day < b->when.day;
    return a->when.time.value_or(std::chrono::seconds{}) < b->when.time.value_or(std::chrono::seconds{});
  });
  return log;
}

bool is_talk(InteractionKind kind) {
  return kind == InteractionKind::met || kind == InteractionKind::coffee || kind == InteractionKind::call ||
         kind == InteractionKind::video;
}

/// How often both sides took part: talks, whoever began them, and messages that went each way.
std::size_t exchanges(const std::vector<const Interaction*>& log, Date since) {
  std::size_t both = 0, in = 0, out = 0;
  for (const auto* interaction : log) {
    if (!is_real(interaction->kind) || interaction->when.day < since) continue;
    const bool mutual = interaction->direction == Direction::none || is_talk(interaction->kind);
    (mutual ? both : interaction->direction == Direction::in ? in : out)++;
  }
  return both + std::min(in, out);
}

const Interaction* latest_real(const std::vector<const Interaction*>& log) {
  const auto last =
      std::find_if(log.rbegin(), log.rend(), [](const Interaction* interaction) { return is_real(interaction->kind); });
  return last == log.rend() ? nullptr : *last;
}

struct Vouch {
  double share{};
  Reason reason{};
};

Vouch strongest_vouch(const TieFacts& facts, const std::vector<const Interaction*>& log) {
  Vouch best;
  const auto offer = [&best](double share, std::string text, std::string record) {
    if (share > best.share) best = {share, {std::move(text), std::move(record)}};
  };
  for (const auto* interaction : log) {
    if (interaction->direction == Direction::out) continue;
    const auto day = friendly(interaction->when.day);
    if (interaction->kind == InteractionKind::recommendation) {
      offer(vouch_recommended, "recommended you on " + day, name_of(*interaction));
    } else if (interaction->kind == InteractionKind::endorsement) {
      offer(vouch_endorsed, "endorsed you on " + day, name_of(*interaction));
    }
  }
  for (const auto& [contribution, part] : facts.contributions) {
    offer(vouch_saw_work, words_of(part) + " " + title_of(contribution), name_of(contribution));
  }
  return best;
}

std::optional<Date> known_since(const TieFacts& facts, const std::vector<const Interaction*>& log) {
  std::optional<Date> since = log.empty() ? std::nullopt : std::optional{log.front()->when.day};
  for (const auto& day : {facts.met_on, facts.connected_on}) {
    if (day && (!since || *day < *since)) since = day;
  }
  return since;
}

const Depth* deepest(const std::vector<const Interaction*>& log, Date since, const Interaction*& which) {
  const Depth* best = nullptr;
  for (const auto* interaction : log) {
    if (interaction->when.day < since) continue;
    const auto row = std::find_if(depths.begin(), depths.end(),
                                  [interaction](const Depth& depth) { return depth.kind == interaction->kind; });
    if (row == depths.end() || (best && row->share < best->share)) continue;
    best = &*row;
    which = interaction;
  }
  return best;
}

/// The message that came last and was not answered, within the past year.
const Interaction* unanswered(const std::vector<const Interaction*>& log, Date today) {
  const auto* last = latest_real(log);
  if (!last || last->direction != Direction::in || days_between(last->when.day, today) > year_days) return nullptr;
  const bool written = last->kind == InteractionKind::message || last->kind == InteractionKind::email ||
                       last->kind == InteractionKind::chat;
  return written ? last : nullptr;
}

}  // namespace

TieStrength tie_strength(const TieFacts& facts, Date today, const TieWeights& weights) {
  const auto log = happened(facts, today);
  const auto year_ago = plus_days(today, -year_days);
  const auto two_years_ago = plus_days(today, -2 * year_days);
  TieStrength tie;
  double sum = 0;
  const auto add = [&](double points, std::string text, std::string record) {
    sum += points;
    tie.reasons.push_back({std::move(text), std::move(record)});
  };

  if (const auto* last = latest_real(log)) {
    tie.last_in_touch = last->when.day;
    add(weights.recency * std::exp2(-days_between(last->when.day, today) / static_cast<double>(std::max(1, weights.recency_half_life_days))),
        fmt::format("last in touch on {} ({})", friendly(last->when.day), word(last->kind)), name_of(*last));
  }

  std::set<Date> days;
  for (const auto* interaction : log) {
    if (is_real(interaction->kind) && interaction->when.day >= year_ago) days.insert(interaction->when.day);
  }
  if (!days.empty()) {
    add(weights.frequency * std::min(1.0, static_cast<double>(days.size()) / frequent_days_a_year),
        fmt::format("in touch on {} in the past year", counted(days.size(), "day")), "");
  }

  if (const auto count = exchanges(log, two_years_ago); count > 0) {
    add(weights.two_way * std::min(1.0, static_cast<double>(count) / many_exchanges),
        fmt::format("{} both ways in the past two years", counted(count, "exchange")), "");
  }

  const Interaction* deep = nullptr;
  if (const auto* depth = deepest(log, two_years_ago, deep)) {
    add(weights.depth * depth->share, fmt::format("{} on {}", depth->words, friendly(deep->when.day)), name_of(*deep));
  }

  if (auto vouch = strongest_vouch(facts, log); vouch.share > 0) {
    add(weights.vouching * vouch.share, std::move(vouch.reason.text), std::move(vouch.reason.record));
  }

  if (!facts.shared_employers.empty()) {
    add(weights.shared * shared_employer_share,
        fmt::format("both worked at {}", fmt::join(facts.shared_employers, ", ")), "");
  }
  if (!facts.shared_schools.empty()) {
    add(weights.shared * shared_school_share, fmt::format("both went to {}", fmt::join(facts.shared_schools, ", ")),
        "");
  }

  if (const auto since = known_since(facts, log); since && days_between(*since, today) >= year_days) {
    const auto years = static_cast<std::size_t>(days_between(*since, today) / year_days);
    add(std::min(weights.years_known, static_cast<int>(years)),
        fmt::format("known for {}, since {}", counted(years, "year"), friendly(*since)), "");
  }

  tie.score = std::clamp(static_cast<int>(std::lround(sum)), 0, 100);
  tie.word = tie.score >= weights.strong_from ? "strong"
             : tie.score >= weights.good_from ? "good"
             : tie.score >= weak_from         ? "weak"
                                              : "faint";
  return tie;
}

Readiness readiness(const TieFacts& facts, bool works_there, std::optional<Date> last_ask, Date today,
                    const TieWeights& weights) {
  const auto log = happened(facts, today);
  const auto tie = tie_strength(facts, today, weights);
  const bool talked = exchanges(log, plus_days(today, -year_days)) > 0;
  const auto vouch = strongest_vouch(facts, log);
  const auto received = std::count_if(facts.favours.begin(), facts.favours.end(), [](const Favour& favour) {
    return favour.direction == FavourDirection::received;
  });
  const auto given = static_cast<std::ptrdiff_t>(facts.favours.size()) - received;
  const auto* open = unanswered(log, today);
  const bool question = open && open->text.find('?') != std::string::npos;

  Readiness ready;
  const auto speaks = [&](std::string text, std::string record) {
    ready.reasons.push_back({std::move(text), std::move(record)});
  };
  if (works_there) speaks("works there, as far as is known", "");
  if (tie.score >= weights.good_from) speaks(fmt::format("a {} tie: {} of 100", tie.word, tie.score), "");
  if (tie.last_in_touch && talked) {
    const auto* last = latest_real(log);
    speaks(fmt::format("last in touch on {} ({})", friendly(last->when.day), word(last->kind)), name_of(*last));
  }
  for (const auto& [contribution, part] : facts.contributions) {
    speaks(fmt::format("knows your work: {} {}", words_of(part), title_of(contribution)), name_of(contribution));
  }
  if (vouch.share > 0 && facts.contributions.empty()) speaks(vouch.reason.text, vouch.reason.record);
  if (given > received) speaks(fmt::format("favours: {} given, {} received", given, received), "");

  auto& missing = ready.missing;
  if (!tie.last_in_touch) {
    missing.push_back("get in touch first: there was no conversation yet");
  } else if (!talked && days_between(*tie.last_in_touch, today) > year_days) {
    missing.push_back(fmt::format("talk again first: the last time was on {}", friendly(*tie.last_in_touch)));
  } else if (!talked && !open) {
    const bool mine = latest_real(log)->direction == Direction::out;
    const auto on = friendly(*tie.last_in_touch);
    missing.push_back(mine ? fmt::format("hear from them first: you wrote on {}, and nothing came back", on)
                           : fmt::format("get back to them first: the last word was theirs, on {}", on));
  }
  if (!works_there) missing.push_back("find out whether they work there: nothing says so");
  if (tie.score < weights.good_from) {
    missing.push_back(
        fmt::format("warm up the tie: it is {} ({} of 100), and good begins at {}", tie.word, tie.score, weights.good_from));
  }
  if (tie.score < weights.strong_from && vouch.share == 0) {
    missing.push_back("send the link of your pull request, talk or post: nothing says that they know your work");
  }
  if (received - given > favours_ahead_max) {
    missing.push_back(fmt::format("return a favour: {} received, {} given", received, given));
  }
  if (last_ask && days_between(*last_ask, today) <= weights.rest_after_ask_days) {
    missing.push_back(fmt::format("let the ask of {} rest until {}", friendly(*last_ask),
                                  friendly(plus_days(*last_ask, weights.rest_after_ask_days + 1))));
  }
  // A last word without a question needs no answer of its own: it only is the easiest way to go on talking.
  if (open && (question || !missing.empty())) {
    missing.insert(missing.begin(),
                   fmt::format("answer their {} of {}", question ? "question" : "message", friendly(open->when.day)));
  }

  ready.verdict = !talked           ? Readiness::Verdict::not_yet
                  : missing.empty() ? Readiness::Verdict::ready
                                    : Readiness::Verdict::warm_up_first;
  return ready;
}

}  // namespace ties
