#include "crm/domain/tie.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "crm/text/text.h"

namespace ties {

namespace {

constexpr double frequent_days_a_year = 12;
constexpr double many_exchanges = 5;
constexpr int year_days = 365;
constexpr int favours_ahead_max = 1;  // received over given, before the next ask is one too many
constexpr int weak_from = 10;         // of a score

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
constexpr double possible_share = 0.5;  // of what a certain overlap gives

constexpr std::size_t works_named_max = 3;  // of those that somebody knows

/// Levels, and what every role is called: they do not make two roles near each other. Folded.
constexpr std::array words_of_every_title{
    "a"sv,         "and"sv,        "at"sv,          "associate"sv, "chief"sv,      "consultant"sv, "developer"sv,
    "director"sv,  "engineer"sv,   "engineering"sv, "for"sv,       "head"sv,       "i"sv,          "ii"sv,
    "iii"sv,       "in"sv,         "intern"sv,      "iv"sv,        "jr"sv,         "junior"sv,     "lead"sv,
    "leader"sv,    "manager"sv,    "member"sv,      "mid"sv,       "of"sv,         "officer"sv,    "on"sv,
    "principal"sv, "programmer"sv, "senior"sv,      "software"sv,  "specialist"sv, "sr"sv,         "staff"sv,
    "team"sv,      "technical"sv,  "the"sv,         "v"sv,         "vice"sv,       "president"sv,  "vp"sv,
    "working"sv,   "student"sv};

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
    offer(vouch_saw_work, in_words(contribution, part), name_of(contribution));
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

/// The latest comment of theirs on something of the user's.
const Interaction* latest_comment(const std::vector<const Interaction*>& log) {
  const auto last = std::find_if(log.rbegin(), log.rend(), [](const Interaction* interaction) {
    return interaction->kind == InteractionKind::comment && interaction->direction == Direction::in;
  });
  return last == log.rend() ? nullptr : *last;
}

/// The score from which a tie is good: never above that from which it is strong.
int good_from(const TieWeights& weights) {
  return std::min(weights.good_from, weights.strong_from);
}

/// The words of a title that tell roles apart, folded → as written.
std::map<std::string, std::string> words_of_title(std::string_view title) {
  std::map<std::string, std::string> words;
  std::string written;
  const auto end_word = [&] {
    auto folded = text::fold(written);
    if (!folded.empty() &&
        std::find(words_of_every_title.begin(), words_of_every_title.end(), folded) == words_of_every_title.end()) {
      words.emplace(std::move(folded), written);
    }
    written.clear();
  };
  for (const char c : title) {
    if (std::string_view(" ,;:/|&()-\"\t").find(c) != std::string_view::npos) {
      end_word();
    } else {
      written += c;
    }
  }
  end_word();
  return words;
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
    add(weights.recency * std::exp2(-days_between(last->when.day, today) /
                                    static_cast<double>(std::max(1, weights.recency_half_life_days))),
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

  for (const bool at_school : {false, true}) {
    double best = 0;
    for (const auto& overlap : facts.overlaps) {
      if (overlap.at_school != at_school || (!overlap.from.empty() && first_day_of(overlap.from) > today)) continue;
      best = std::max(best, overlap.certainty == Certainty::certain ? 1.0 : possible_share);
      add(0, in_words(overlap), overlap.record);
    }
    sum += weights.shared * best * (at_school ? shared_school_share : shared_employer_share);
  }

  if (const auto since = known_since(facts, log); since && days_between(*since, today) >= year_days) {
    const auto years = static_cast<std::size_t>(days_between(*since, today) / year_days);
    add(std::min(weights.years_known, static_cast<int>(years)),
        fmt::format("known for {}, since {}", counted(years, "year"), friendly(*since)), "");
  }

  tie.score = std::clamp(static_cast<int>(std::lround(sum)), 0, 100);
  tie.word = tie.score >= weights.strong_from  ? "strong"
             : tie.score >= good_from(weights) ? "good"
             : tie.score >= weak_from          ? "weak"
                                               : "faint";
  return tie;
}

std::string in_words(const Contribution& work, ContributionPart part) {
  return words_of(part) + " " + title_of(work);
}

std::vector<std::string> common_words_of_titles(std::string_view a, std::string_view b) {
  const auto wanted = words_of_title(b);
  std::vector<std::string> common;
  for (const auto& [folded, written] : words_of_title(a)) {
    if (wanted.contains(folded)) common.push_back(written);
  }
  return common;
}

namespace {

/// What speaks for asking somebody for a referral, and what is to be done before.
class Asking {
 public:
  Asking(const TieFacts& facts, const Standing& standing, Date today, const TieWeights& weights)
      : facts_(facts), standing_(standing), today_(today), weights_(weights), log_(happened(facts, today)) {
    tie_ = tie_strength(facts, today, weights);
    is_good_ = tie_.score >= good_from(weights);
    talked_ = exchanges(log_, plus_days(today, -year_days)) > 0;
    vouch_ = strongest_vouch(facts, log_);
    comment_ = latest_comment(log_);
    knows_work_ = vouch_.share > 0 || comment_ != nullptr;
    received_ = std::count_if(facts.favours.begin(), facts.favours.end(),
                              [](const Favour& favour) { return favour.direction == FavourDirection::received; });
    given_ = static_cast<std::ptrdiff_t>(facts.favours.size()) - received_;
    owes_ = received_ - given_ > favours_ahead_max;
    rests_ = standing.last_ask && days_between(*standing.last_ask, today) <= weights.rest_after_ask_days;
  }

  Readiness readiness() {
    sum_ = weights_.ask_tie * tie_.score / 100.0;
    tell_standing();
    tell_tie();
    tell_work();
    tell_asks();
    add_missing();
    ready_.score = std::clamp(static_cast<int>(std::lround(sum_)), 0, 100);
    ready_.verdict = !talked_                 ? Readiness::Verdict::not_yet
                     : ready_.missing.empty() ? Readiness::Verdict::ready
                                              : Readiness::Verdict::warm_up_first;
    add_answer();
    return std::move(ready_);
  }

 private:
  void speaks(int points, std::string text, std::string record) {
    sum_ += points;
    ready_.reasons.push_back({std::move(text), std::move(record)});
  }
  void miss(std::string what) { ready_.missing.push_back(std::move(what)); }

  void tell_standing() {
    if (!standing_.works_there) return;
    const bool has_day = is_partial_date(standing_.since);
    speaks(weights_.ask_works_there,
           has_day ? "works there since " + month_in_words(standing_.since) : "works there, as far as is known",
           standing_.employment);
    const auto common = common_words_of_titles(standing_.role, standing_.title);
    if (common.empty()) return;
    speaks(weights_.ask_role,
           fmt::format("a role near yours: {} ({} and {})", fmt::join(common, ", "), standing_.title, standing_.role),
           standing_.role_record);
  }

  void tell_tie() {
    if (is_good_) speaks(0, fmt::format("a {} tie: {} of 100", tie_.word, tie_.score), "");
    if (!tie_.last_in_touch || !talked_) return;
    const auto* last = latest_real(log_);
    speaks(0, fmt::format("last in touch on {} ({})", friendly(last->when.day), word(last->kind)), name_of(*last));
  }

  void tell_work() {
    if (knows_work_) sum_ += weights_.ask_knows_work;
    const auto& works = facts_.contributions;
    for (std::size_t i = 0; i < std::min(works.size(), works_named_max); ++i) {
      speaks(0, "knows your work: " + in_words(works[i].first, works[i].second), name_of(works[i].first));
    }
    if (works.size() > works_named_max) {
      speaks(0, fmt::format("knows {} more of your works", works.size() - works_named_max), "");
    }
    if (vouch_.share > 0 && works.empty()) speaks(0, vouch_.reason.text, vouch_.reason.record);
    if (comment_) speaks(0, "answered a post of yours on " + friendly(comment_->when.day), name_of(*comment_));
  }

  void tell_asks() {
    if (!owes_) sum_ += weights_.ask_favours;
    if (given_ > received_) speaks(0, fmt::format("favours: {} given, {} received", given_, received_), "");
    if (!rests_) sum_ += weights_.ask_rested;
    if (standing_.last_ask && !rests_) {
      speaks(0, fmt::format("the ask of {} has rested", friendly(*standing_.last_ask)), standing_.ask_record);
    }
    if (standing_.apply_by && *standing_.apply_by >= today_) {
      speaks(weights_.ask_timing, "you apply by " + friendly(*standing_.apply_by), standing_.application);
    }
  }

  void add_missing() {
    add_missing_talk();
    if (!standing_.works_there) miss("find out whether they work there: nothing says so");
    if (!is_good_) {
      miss(fmt::format("warm up the tie: it is {} ({} of 100), and good begins at {}", tie_.word, tie_.score,
                       good_from(weights_)));
    }
    if (tie_.score < weights_.strong_from && !knows_work_) {
      miss("send the link of your pull request, talk or post: nothing says that they know your work");
    }
    if (owes_) miss(fmt::format("return a favour: {} received, {} given", received_, given_));
    if (rests_) {
      miss(fmt::format("let the ask of {} rest until {}", friendly(*standing_.last_ask),
                       friendly(plus_days(*standing_.last_ask, weights_.rest_after_ask_days + 1))));
    }
  }

  void add_missing_talk() {
    if (!tie_.last_in_touch) {
      miss("get in touch first: there was no conversation yet");
    } else if (!talked_ && days_between(*tie_.last_in_touch, today_) > year_days) {
      miss(fmt::format("talk again first: the last time was on {}", friendly(*tie_.last_in_touch)));
    } else if (!talked_ && unanswered(log_, today_) == nullptr) {
      const bool mine = latest_real(log_)->direction == Direction::out;
      const auto on = friendly(*tie_.last_in_touch);
      miss(mine ? fmt::format("hear from them first: you wrote on {}, and nothing came back", on)
                : fmt::format("get back to them first: the last word was theirs, on {}", on));
    }
  }

  /// What they asked is answered first, whatever the verdict: that they wrote makes nobody colder. A last word without
  /// a question needs no answer of its own; it only is the easiest way to go on talking.
  void add_answer() {
    const auto* open = unanswered(log_, today_);
    if (open == nullptr) return;
    const bool question = open->text.find('?') != std::string::npos;
    if (!question && ready_.missing.empty()) return;
    ready_.missing.insert(
        ready_.missing.begin(),
        fmt::format("answer their {} of {}", question ? "question" : "message", friendly(open->when.day)));
  }

  const TieFacts& facts_;
  const Standing& standing_;
  Date today_;
  const TieWeights& weights_;
  std::vector<const Interaction*> log_;
  TieStrength tie_{};
  Vouch vouch_{};
  const Interaction* comment_{};
  std::ptrdiff_t received_{}, given_{};
  bool is_good_{}, talked_{}, knows_work_{}, owes_{}, rests_{};
  double sum_{};
  Readiness ready_{};
};

}  // namespace

Readiness readiness(const TieFacts& facts, const Standing& standing, Date today, const TieWeights& weights) {
  return Asking(facts, standing, today, weights).readiness();
}

}  // namespace ties
