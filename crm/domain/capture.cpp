#include "crm/domain/capture.h"

#include <algorithm>

#include "crm/domain/phrases.h"
#include "crm/text/text.h"

namespace ties {

namespace {

using namespace phrases;

/// The words that may open a line, and what they mean. The longest that fits is taken.
struct Opening {
  std::string_view says;
  CaptureVerb means;
};
constexpr std::array openings{Opening{"note", CaptureVerb::note},
                              Opening{"met", CaptureVerb::met},
                              Opening{"met with", CaptureVerb::met},
                              Opening{"meeting with", CaptureVerb::met},
                              Opening{"saw", CaptureVerb::met},
                              Opening{"talked to", CaptureVerb::met},
                              Opening{"talked with", CaptureVerb::met},
                              Opening{"spoke to", CaptureVerb::met},
                              Opening{"spoke with", CaptureVerb::met},
                              Opening{"ran into", CaptureVerb::met},
                              Opening{"call", CaptureVerb::called},
                              Opening{"call with", CaptureVerb::called},
                              Opening{"called", CaptureVerb::called},
                              Opening{"called with", CaptureVerb::called},
                              Opening{"had a call with", CaptureVerb::called},
                              Opening{"phoned", CaptureVerb::called},
                              Opening{"rang", CaptureVerb::called},
                              Opening{"video call with", CaptureVerb::called},
                              Opening{"email", CaptureVerb::emailed},
                              Opening{"emailed", CaptureVerb::emailed},
                              Opening{"e-mailed", CaptureVerb::emailed},
                              Opening{"mailed", CaptureVerb::emailed},
                              Opening{"wrote", CaptureVerb::emailed},
                              Opening{"wrote to", CaptureVerb::emailed},
                              Opening{"message", CaptureVerb::messaged},
                              Opening{"messaged", CaptureVerb::messaged},
                              Opening{"texted", CaptureVerb::messaged},
                              Opening{"pinged", CaptureVerb::messaged},
                              Opening{"dm'd", CaptureVerb::messaged},
                              Opening{"dmed", CaptureVerb::messaged},
                              Opening{"chatted", CaptureVerb::messaged},
                              Opening{"chatted with", CaptureVerb::messaged},
                              Opening{"chatted to", CaptureVerb::messaged},
                              Opening{"coffee", CaptureVerb::coffee},
                              Opening{"coffee with", CaptureVerb::coffee},
                              Opening{"had coffee with", CaptureVerb::coffee},
                              Opening{"had a coffee with", CaptureVerb::coffee},
                              Opening{"lunch with", CaptureVerb::coffee},
                              Opening{"had lunch with", CaptureVerb::coffee},
                              Opening{"interviewed", CaptureVerb::interviewed},
                              Opening{"interviewed with", CaptureVerb::interviewed},
                              Opening{"interview with", CaptureVerb::interviewed},
                              Opening{"applied", CaptureVerb::applied},
                              Opening{"applied as", CaptureVerb::applied},
                              Opening{"applied for", CaptureVerb::applied},
                              Opening{"applied to", CaptureVerb::applied},
                              Opening{"referred", CaptureVerb::referred},
                              Opening{"asked", CaptureVerb::asked},
                              Opening{"thanked", CaptureVerb::thanked},
                              Opening{"thanks to", CaptureVerb::thanked},
                              Opening{"helped", CaptureVerb::helped},
                              Opening{"intro", CaptureVerb::intro},
                              Opening{"intro to", CaptureVerb::intro},
                              Opening{"introduced to", CaptureVerb::intro},
                              Opening{"got introduced to", CaptureVerb::intro}};

/// What a verb logs, in the order of the verbs.
constexpr std::array<std::optional<InteractionKind>, 13> logged{
    std::nullopt,                   // note
    InteractionKind::met,           // met
    InteractionKind::call,          // called
    InteractionKind::email,         // emailed
    InteractionKind::message,       // messaged
    InteractionKind::coffee,        // coffee
    InteractionKind::met,           // interviewed
    std::nullopt,                   // applied
    std::nullopt,                   // referred
    InteractionKind::message,       // asked
    InteractionKind::message,       // thanked
    InteractionKind::chat,          // helped
    InteractionKind::introduction,  // intro
};
static_assert(logged.size() == Words<CaptureVerb>::all.size());

constexpr std::array follow_phrases{"follow up"sv, "follow-up"sv, "followup"sv, "ping"sv, "remind me"sv};
constexpr std::array follow_fillers{"again"sv, "her"sv, "him"sv, "them"sv, "back"sv};
constexpr std::array through_phrases{"via"sv, "through"sv, "referred by"sv, "introduced by"sv};
constexpr std::array connectors{"and"sv, "&"sv, "with"sv, "to"sv, "for"sv, "from"sv, "at"sv, "by"sv, "as"sv, "in"sv};
constexpr std::array days_gone{"today"sv, "yesterday"sv, "last"sv, "this"sv, "tonight"sv};
constexpr std::array currency_signs{"€"sv, "$"sv, "£"sv, "¥"sv, "₹"sv};
constexpr std::array currency_codes{"eur"sv, "usd"sv, "gbp"sv, "chf"sv, "sek"sv, "nok"sv,
                                    "dkk"sv, "pln"sv, "cad"sv, "aud"sv, "jpy"sv, "inr"sv};

/// How far a reader looks for the end of a quoted name, back for the begin of a clause, and on for a day that is said
/// later: far more than anybody writes, and little enough for the longest line.
constexpr std::size_t quoted_bytes_max = 200;
constexpr std::size_t clause_bytes_max = 400;
constexpr int words_to_day_max = 12;

struct Quotes {
  std::string_view open;
  std::string_view close;
};
constexpr std::array quotes{Quotes{"\"", "\""}, Quotes{"\u201C", "\u201D"}, Quotes{"\u201E", "\u201C"}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool begins_name(char c) {
  return is_word_byte(c) && !is_digit(c);
}

/// A name behind a mark, as it was meant, and where it ends.
struct Name {
  std::string value{};
  std::size_t end{};
};

std::optional<Name> quoted_name(std::string_view line, std::size_t at) {
  for (const auto& [open, close] : quotes) {
    if (!line.substr(at).starts_with(open)) continue;
    const auto begin = at + open.size();
    const auto length = line.substr(begin, quoted_bytes_max).find(close);
    if (length == std::string_view::npos) continue;
    const auto value = tidied(line.substr(begin, length));
    if (!value.empty()) return Name{value, begin + length + close.size()};
  }
  return std::nullopt;
}

/// One word: up to a blank or a mark that no name holds, without a full stop at its end.
std::optional<Name> plain_name(std::string_view line, std::size_t at) {
  if (at >= line.size() || !begins_name(line[at])) return std::nullopt;
  auto end = at;
  while (end < line.size() && !is_blank(line[end]) &&
         std::string_view(",;:!?()[]{}<>\"/").find(line[end]) == std::string_view::npos)
    ++end;
  while (end > at && (line[end - 1] == '.' || line[end - 1] == '\'')) --end;
  return Name{std::string(line.substr(at, end - at)), end};
}

std::optional<Name> name_at(std::string_view line, std::size_t at) {
  if (auto name = quoted_name(line, at)) return name;
  return plain_name(line, at);
}

bool begins_with_capital(std::string_view word) {
  if (word.empty()) return false;
  if (static_cast<unsigned char>(word.front()) < 0x80) return word.front() >= 'A' && word.front() <= 'Z';
  return text::lower(word) != word;
}

/// Digits with marks of grouping, and perhaps "k" or "m".
std::optional<std::size_t> amount_end(std::string_view line, std::size_t at) {
  if (at >= line.size() || !is_digit(line[at])) return std::nullopt;
  while (at < line.size() && (is_digit(line[at]) || (std::string_view(",.'").find(line[at]) != std::string_view::npos &&
                                                     at + 1 < line.size() && is_digit(line[at + 1])))) {
    ++at;
  }
  if (at < line.size() && std::string_view("kKmM").find(line[at]) != std::string_view::npos) ++at;
  return at;
}

std::optional<std::size_t> currency_end(std::string_view line, std::size_t at) {
  for (const auto sign : currency_signs) {
    if (line.substr(std::min(at, line.size())).starts_with(sign)) return at + sign.size();
  }
  for (const auto code : currency_codes) {
    if (const auto end = phrase_end(line, at, code)) return end;
  }
  return std::nullopt;
}

/// "€ 90,000", "$120k", "90k EUR".
std::optional<std::size_t> money_end(std::string_view line, std::size_t at) {
  std::optional<std::size_t> end;
  if (const auto currency = currency_end(line, at)) {
    end = amount_end(line, skip_blanks(line, *currency));
  } else if (const auto amount = amount_end(line, at)) {
    end = currency_end(line, skip_blanks(line, *amount));
  }
  return end && (*end == line.size() || !is_word_byte(line[*end])) ? end : std::nullopt;
}

class Reader {
 public:
  Reader(std::string_view line, Date today, const WorkingDays* calendar)
      : line_(line.substr(0, line.find(" -- "))), today_(today), calendar_(calendar) {
    tail_ = line.substr(std::min(line.size(), line_.size() + 4));
  }

  Captured read() {
    at_ = skip_blanks(line_, 0);
    take_opening();
    while (at_ < line_.size()) {
      if (!at_word_start() || !take_any()) ++at_;
    }
    take_role();
    std::sort(out_.chips.begin(), out_.chips.end(), [](const Chip& a, const Chip& b) { return a.begin < b.begin; });
    out_.note = note();
    return std::move(out_);
  }

 private:
  /// The parts of a line, in the order in which they are tried at the start of each word.
  bool take_any() {
    return take_awaited_day() || take_through() || take_person() || take_event() || take_company() || take_tag() ||
           take_stage() || take_explicit_day() || take_follow_up() || take_day() || take_money();
  }

  bool at_word_start() const {
    if (is_blank(line_[at_])) return false;
    return at_ == 0 || is_blank(line_[at_ - 1]) ||
           std::string_view("(,;").find(line_[at_ - 1]) != std::string_view::npos;
  }

  /// Keeps a chip, and goes on behind it.
  bool chip(Chip::What what, std::size_t begin, std::size_t end, std::string value) {
    out_.chips.push_back({what, begin, end, std::move(value)});
    at_ = end;
    return true;
  }

  void take_opening() {
    std::size_t longest = at_;
    for (const auto& [says, means] : openings) {
      const auto end = phrase_end(line_, at_, says);
      if (!end || *end <= longest) continue;
      longest = *end;
      out_.verb = means;
    }
    if (longest > at_) chip(Chip::What::verb, at_, longest, std::string(word(out_.verb)));
  }

  struct PersonAt {
    Captured::Person person{};
    std::size_t end{};
  };

  std::optional<PersonAt> person_at(std::size_t at) const {
    if (at >= line_.size() || line_[at] != '@') return std::nullopt;
    constexpr std::string_view mark = "new:";
    const bool is_new = line_.substr(at + 1).starts_with(mark);
    const auto begin = at + 1 + (is_new ? mark.size() : 0);
    if (auto name = quoted_name(line_, begin)) return PersonAt{{name->value, is_new}, name->end};
    auto name = plain_name(line_, begin);
    if (!name) return std::nullopt;
    if (is_new) {
      // An initial keeps its full stop and goes on: "Ada K. Lovelace".
      for (;;) {
        const bool initial = name->end < line_.size() && line_[name->end] == '.' && name->end > begin &&
                             (name->end == begin + 1 || is_blank(line_[name->end - 2]));
        if (initial) name->value += '.', ++name->end;
        const auto next = skip_blanks(line_, name->end);
        const auto more = next > name->end ? plain_name(line_, next) : std::nullopt;
        if (!more || !begins_with_capital(more->value)) break;
        name = Name{name->value + " " + more->value, more->end};
      }
    }
    for (const auto possessive : {"'s"sv, "\u2019s"sv}) {
      if (!name->value.ends_with(possessive)) continue;
      name->value.resize(name->value.size() - possessive.size());
    }
    if (name->value.empty()) return std::nullopt;
    return PersonAt{{name->value, is_new}, name->end};
  }

  bool take_person() {
    const auto found = person_at(at_);
    if (!found) return false;
    const bool known = std::any_of(out_.people.begin(), out_.people.end(),
                                   [&](const Captured::Person& person) { return person.name == found->person.name; });
    if (!known) out_.people.push_back(found->person);
    return chip(Chip::What::person, at_, found->end, found->person.name);
  }

  bool take_through() {
    if (out_.through) return false;
    const auto take = [&](std::string_view phrase) {
      const auto end = phrase_end(line_, at_, phrase);
      const auto found = end ? person_at(skip_blanks(line_, *end)) : std::nullopt;
      if (!found) return false;
      out_.through = found->person;
      return chip(Chip::What::through, at_, found->end, found->person.name);
    };
    const bool by = out_.verb == CaptureVerb::referred || out_.verb == CaptureVerb::intro;
    return std::any_of(through_phrases.begin(), through_phrases.end(), take) || (by && take("by"));
  }

  /// A name behind a mark, perhaps with "at" before it.
  std::optional<Name> marked(char mark, bool only_behind_at = false) const {
    const auto at_end = phrase_end(line_, at_, "at");
    if (only_behind_at && !at_end) return std::nullopt;
    const auto begin = at_end ? skip_blanks(line_, *at_end) : at_;
    if (begin >= line_.size() || line_[begin] != mark) return std::nullopt;
    return name_at(line_, begin + 1);
  }

  bool take_event() {
    const auto name = marked('#', true);
    if (!name || !out_.event.empty()) return false;
    out_.event = name->value;
    return chip(Chip::What::event, at_, name->end, name->value);
  }

  bool take_company() {
    const auto name = marked('+');
    if (!name || !out_.company.empty()) return false;
    out_.company = name->value;
    return chip(Chip::What::company, at_, name->end, name->value);
  }

  bool take_tag() {
    const auto name = line_[at_] == '#' ? plain_name(line_, at_ + 1) : std::nullopt;
    if (!name) return false;
    if (std::find(out_.words.begin(), out_.words.end(), name->value) == out_.words.end()) {
      out_.words.push_back(name->value);
    }
    return chip(Chip::What::tag, at_, name->end, name->value);
  }

  bool take_stage() {
    const auto name = line_[at_] == '>' && out_.stage.empty() ? name_at(line_, at_ + 1) : std::nullopt;
    if (!name) return false;
    out_.stage = name->value;
    return chip(Chip::What::stage, at_, name->end, name->value);
  }

  bool keep_day(std::size_t end, Date day) {
    out_.when = day;
    return chip(Chip::What::when, at_, end, to_text(day));
  }

  bool take_explicit_day() {
    if (line_[at_] != '!' || out_.when || at_ + 1 >= line_.size() || is_blank(line_[at_ + 1])) return false;
    const auto found = day_words(line_, at_ + 1, today_, Lean::past);
    return found && keep_day(found->span.end, found->day);
  }

  /// "yesterday", "last monday", "2 weeks ago", "on friday": but not in a clause that promises something.
  bool take_day() {
    if (out_.when) return false;
    const auto on = phrase_end(line_, at_, "on");
    const auto found = day_words(line_, on.value_or(at_), today_, Lean::past);
    if (!found || found->day > today_) return false;
    const auto words = line_.substr(found->span.begin, found->span.end - found->span.begin);
    const bool gone = on || words.ends_with("ago") ||
                      std::any_of(days_gone.begin(), days_gone.end(),
                                  [&](std::string_view first) { return phrase_end(words, 0, first).has_value(); });
    if (!gone || promise_start(clause_before())) return false;
    return keep_day(found->span.end, found->day);
  }

  std::string_view clause_before() const {
    const auto from = at_ - std::min(at_, clause_bytes_max);
    const auto before = line_.substr(from, at_ - from);
    const auto mark = before.find_last_of(",.;");
    return mark == std::string_view::npos ? before : before.substr(mark + 1);
  }

  Date on_a_working_day(Date day) const {
    return calendar_ && !calendar_->is_working(day) ? calendar_->after(day, 1) : day;
  }

  bool take_follow_up() {
    if (out_.follow_up) return false;
    for (const auto phrase : follow_phrases) {
      const auto end = phrase_end(line_, at_, phrase);
      if (!end) continue;
      auto days = skip_blanks(line_, *end);
      for (const auto filler : follow_fillers) {
        if (const auto behind = phrase_end(line_, days, filler)) days = skip_blanks(line_, *behind);
      }
      if (const auto found = due_words(line_, days, today_)) {
        out_.follow_up = on_a_working_day(found->day);
        return chip(Chip::What::follow_up, at_, found->span.end, to_text(*out_.follow_up));
      }
      if (const auto later = day_later(*end)) {
        awaited_ = later;
        out_.follow_up = on_a_working_day(later->day);
        return chip(Chip::What::follow_up, at_, *end, to_text(*out_.follow_up));
      }
    }
    return false;
  }

  /// The day of "follow up with @Ada in 2 weeks", "remind me to send the paper on friday": in the same clause.
  std::optional<DayWords> day_later(std::size_t at) const {
    const auto first = skip_blanks(line_, at);
    const auto leads = [&](const char* word) { return phrase_end(line_, first, word).has_value(); };
    if (first >= line_.size() || !(line_[first] == '@' || leads("with") || leads("to") || leads("about"))) return {};
    auto word = next_word(line_, at);
    for (int count = 0; count < words_to_day_max && word.begin < word.end; ++count, word = next_word(line_, word.end)) {
      if (const auto found = due_words(line_, word.begin, today_)) return found;
      if (std::string_view(",;.").find(line_[word.end - 1]) != std::string_view::npos) break;
    }
    return std::nullopt;
  }

  bool take_awaited_day() {
    if (!awaited_ || awaited_->span.begin != at_) return false;
    return chip(Chip::What::follow_up, at_, awaited_->span.end, to_text(*out_.follow_up));
  }

  bool take_money() {
    const auto end = money_end(line_, at_);
    if (!end || !out_.money.empty()) return false;
    out_.money = std::string(line_.substr(at_, *end - at_));
    return chip(Chip::What::money, at_, *end, out_.money);
  }

  /// What stands between a chip and the next one.
  Span gap_after(std::size_t index) const {
    const auto& chips = out_.chips;
    return {chips[index].end, index + 1 < chips.size() ? chips[index + 1].begin : line_.size()};
  }

  Span without_connectors(Span span, bool at_end_too) const {
    for (bool dropped = true; dropped;) {
      dropped = false;
      span.begin = std::min(skip_blanks(line_, span.begin), span.end);
      for (const auto connector : {"for"sv, "as"sv, "to"sv, "at"sv, "with"sv}) {
        const auto end = phrase_end(line_.substr(0, span.end), span.begin, connector);
        if (end) span.begin = *end, dropped = true;
      }
    }
    for (bool dropped = true; dropped;) {
      dropped = false;
      while (span.end > span.begin && (is_blank(line_[span.end - 1]) || line_[span.end - 1] == ',')) --span.end;
      for (const auto connector : {"at"sv, "with"sv, "in"sv}) {
        const auto begin = span.end - std::min(span.end, connector.size());
        if (!at_end_too || begin <= span.begin || !is_blank(line_[begin - 1])) continue;
        if (phrase_end(line_.substr(0, span.end), begin, connector)) span.end = begin, dropped = true;
      }
    }
    return span;
  }

  /// "applied Staff Engineer at +Acme": the words before the company, commas and all. Without a company behind them, or
  /// behind it ("applied to +Acme as Staff Engineer"), they end at a comma.
  void take_role() {
    const auto& chips = out_.chips;
    if (out_.verb != CaptureVerb::applied || chips.empty()) return;
    for (std::size_t i = 0; i < chips.size(); ++i) {
      auto gap = gap_after(i);
      const bool before_company = i + 1 < chips.size() && chips[i + 1].what == Chip::What::company;
      const bool after_company = chips[i].what == Chip::What::company;
      if (!after_company && chips[i].what != Chip::What::verb && chips[i].what != Chip::What::when) return;
      const auto first = skip_blanks(line_, gap.begin);
      if (after_company && !phrase_end(line_, first, "as") && !phrase_end(line_, first, "for")) continue;
      if (!before_company) gap.end = std::min(gap.end, line_.find(',', gap.begin));
      const auto role = without_connectors(gap, before_company);
      if (role.begin >= role.end) continue;
      out_.role = tidied(line_.substr(role.begin, role.end - role.begin));
      if (!out_.role.empty()) out_.chips.push_back({Chip::What::role, role.begin, role.end, out_.role});
      return;
    }
  }

  /// What is under no chip: words that only joined two chips are left out with them.
  std::string note() const {
    std::string rest;
    std::size_t from = 0;
    const auto keep = [&](std::size_t until) {
      const auto between = line_.substr(from, until - from);
      const auto said = tidied(between);
      const bool joins = std::any_of(connectors.begin(), connectors.end(), [&](std::string_view connector) {
        return phrase_end(said, 0, connector) == std::optional{said.size()};
      });
      rest += ' ';
      if (!joins) rest += between;
    };
    for (const auto& found : out_.chips) {
      keep(found.begin);
      from = found.end;
    }
    keep(line_.size());
    auto said = tidied(rest);
    if (const auto end = phrase_end(said, 0, "and"); end && !out_.chips.empty()) said = tidied(said.substr(*end));
    const auto tail = tidied(tail_);
    if (said.empty() || tail.empty()) return said + tail;
    return said + "; " + tail;
  }

  std::string_view line_;  ///< up to " -- "
  std::string_view tail_;  ///< behind it
  Date today_;
  const WorkingDays* calendar_;
  std::size_t at_{};
  std::optional<DayWords> awaited_{};  ///< the day of a follow-up whose words stand apart from it
  Captured out_{};
};

}  // namespace

Captured capture(std::string_view line, Date today, const WorkingDays* calendar) {
  return Reader(line, today, calendar).read();
}

bool asks_for_referral(const Captured& captured) {
  if (captured.verb != CaptureVerb::asked) return false;
  const auto words = " " + text::fold(captured.note) + " ";
  constexpr std::array asking{" referral "sv, " refer "sv};
  return std::any_of(asking.begin(), asking.end(), [&](auto word) { return words.find(word) != std::string::npos; });
}

std::optional<InteractionKind> interaction_kind(CaptureVerb verb) {
  return logged.at(static_cast<std::size_t>(verb));
}

}  // namespace ties
