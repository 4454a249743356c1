#include "crm/domain/duplicates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "crm/domain/company.h"
#include "crm/domain/name_likeness.h"

namespace ties {
namespace {

using text::Script;
using Key = std::uint64_t;

// What each thing in common, or against it, is worth. A whole name is just enough to be offered.
constexpr int same_name = 55, initials_name = 40, part_of_name = 22, given_name_and_address = 15;
constexpr int other_name = -60, other_family = -40;
constexpr int same_identity = 60, same_phone = 40, same_home_phone = 15, same_office_phone = 12, same_page = 40,
              same_company_page = 5;
constexpr int same_handle = 40, same_unusual_word = 22, same_usual_word = 5, further_address = 5;
constexpr int colleagues_now = 20, colleagues_once = 16, same_title = 5, same_city = 8, same_birthday = 25;
constexpr int other_profile = -38, other_login = -35, other_address_at_work = -25, other_generation = -60,
              one_generation = -25;
constexpr int other_birthday = -60, other_city = -8;
constexpr int without_an_address_max = 80, score_max = 99;

/// An address that more people have is an office's or a family's.
constexpr std::size_t owners_of_an_address_max = 4;
/// Larger blocks are divided by company and by city; what is still larger says nothing about its members.
constexpr std::size_t block_max = 40;

struct Prepared {
  std::vector<NameForm> forms;
  std::vector<std::uint32_t> companies;  ///< by number, of all jobs
  std::vector<std::uint32_t> companies_now;
  std::vector<std::uint32_t> jobs;  ///< the company of each job; 0: none
  std::string city, place;          ///< folded: what stands before the first comma, and all of it
  std::string birthday;             ///< digits
  std::vector<std::string> words;   ///< of addresses: mailboxes and logins
  int generation{};                 ///< of Sr, Jr, III; 0: not said
  std::size_t namesakes{1};
  bool foreign{};  ///< one of the forms is in another script than Latin
};

int generation_of(std::string_view word) {
  constexpr std::pair<std::string_view, int> table[]{{"sr", 1},  {"senior", 1}, {"jr", 2},  {"junior", 2}, {"ii", 2},
                                                     {"2nd", 2}, {"iii", 3},    {"3rd", 3}, {"iv", 4}};
  for (const auto& [name, generation] : table) {
    if (name == word) return generation;
  }
  return 0;
}

std::vector<std::string> words_of(const std::string& folded) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += word;
  return all;
}

Key hashed(std::initializer_list<std::string_view> parts) {
  Key key = 0xcbf29ce484222325;
  for (const auto part : parts) {
    for (const char c : part) key = (key ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    key = (key ^ 0x1f) * 0x100000001b3;
  }
  return key;
}

/// The part of an address by which a person may go elsewhere too; empty when there is none.
std::string word_of(const PersonFacts::Point& point) {
  switch (point.kind) {
    case PointKind::email:
      return is_role_mailbox(point.value) ? "" : point.value.substr(0, point.value.find_first_of("@+"));
    case PointKind::github:
    case PointKind::gitlab:
    case PointKind::linkedin:
      return point.value;
    case PointKind::handle: {
      auto word = text::lower(point.value.substr(point.value.starts_with('@') ? 1 : 0));
      return word.substr(0, word.find('@'));
    }
    case PointKind::phone:
    case PointKind::website:
    case PointKind::uid:
      return "";
  }
  return "";
}

/// Whether a login is of the person's own invention: not made of the name.
bool is_unusual(const std::string& word, const Prepared& person) {
  if (word.size() < 5) return false;
  if (word.find_first_of("0123456789") != std::string::npos)
    return word.find_first_not_of("0123456789") != std::string::npos;
  for (const auto& form : person.forms) {
    for (const auto* words : {&form.given, &form.family}) {
      for (const auto& name : *words) {
        if (name.size() > 2 && word.find(name) != std::string::npos) return false;
      }
    }
  }
  return true;
}

/// Soundex without its first letter: so coarse that it is one for a name in Latin letters and in any other script.
std::string coarse(const std::vector<std::string>& words, bool j_is_a_vowel, bool w_is_v) {
  constexpr std::string_view classes = "01230120022455012623010202";  // of a to z
  std::string code;
  for (const auto& word : words) {
    for (const char c : word) {
      if (c < 'a' || c > 'z' || (c == 'j' && j_is_a_vowel)) continue;
      const char digit = c == 'w' && w_is_v ? '1' : classes[static_cast<std::size_t>(c - 'a')];
      if (digit != '0' && (code.empty() || code.back() != digit)) code += digit;
    }
  }
  return code;
}

class Preparing {
 public:
  Prepared operator()(const PersonFacts& facts) {
    Prepared person;
    add_forms(person, facts);
    for (const auto& word : words_of(text::fold(facts.suffix)))
      person.generation = std::max(person.generation, generation_of(word));
    for (auto& form : person.forms) {
      while (form.family.size() > 1 && generation_of(form.family.back()) != 0) {
        person.generation = generation_of(form.family.back());
        form.family.pop_back();
      }
      person.foreign |= form.script != Script::latin;
    }
    for (const auto& job : facts.jobs) {
      person.jobs.push_back(company(job.company));
      if (const auto number = person.jobs.back(); number != 0) {
        add(person.companies, number);
        if (job.now) add(person.companies_now, number);
      }
    }
    if (!facts.location.empty()) {
      person.place = text::fold(facts.location);
      person.city = text::fold(facts.location.substr(0, facts.location.find(',')));
    }
    for (const char c : facts.birthday) {
      if (c >= '0' && c <= '9') person.birthday += c;
    }
    for (const auto& point : facts.points) {
      if (auto word = word_of(point); word.size() > 3) person.words.push_back(std::move(word));
    }
    return person;
  }

 private:
  static void add(std::vector<std::uint32_t>& numbers, std::uint32_t number) {
    if (std::find(numbers.begin(), numbers.end(), number) == numbers.end()) numbers.push_back(number);
  }

  static void add_forms(Prepared& person, const PersonFacts& facts) {
    const auto add_form = [&](std::string_view given, std::string_view family) {
      if (auto form = name_form(given, family); !form.given.empty()) person.forms.push_back(std::move(form));
    };
    const bool in_parts = !facts.given.empty() && !facts.family.empty();
    if (in_parts) add_form(facts.given, facts.family);
    const bool told = in_parts && facts.display.size() <= facts.given.size() + facts.family.size() + 1 &&
                      facts.display.find(facts.given) != std::string::npos &&
                      facts.display.find(facts.family) != std::string::npos;
    if (!told) add_form(facts.display, "");
    if (!facts.nickname.empty())
      add_form(facts.nickname, facts.nickname.find(' ') == std::string::npos ? facts.family : "");
    for (const auto& name : facts.other_names) add_form(name, "");
  }

  /// Companies by number; 0: none.
  std::uint32_t company(const std::string& name) {
    if (name.empty()) return 0;
    const auto known = by_name_.find(name);
    if (known != by_name_.end()) return known->second;
    const auto number =
        by_key_.emplace(company_key(name), static_cast<std::uint32_t>(by_key_.size() + 1)).first->second;
    by_name_.emplace(name, number);
    return number;
  }

  std::unordered_map<std::string, std::uint32_t> by_name_, by_key_;
};

/// A reason to compare: all with the same key are a block.
struct Entry {
  enum class Kind : std::uint8_t { address, name, namesakes, scripts };
  Key key{};
  std::uint32_t person{};
  Kind kind{};
};

class Finding {
 public:
  Finding(const std::vector<PersonFacts>& facts, int at_least) : facts_(facts), at_least_(at_least) {
    Preparing prepare;
    people_.reserve(facts.size());
    for (const auto& one : facts) people_.push_back(prepare(one));
    foreign_ = std::any_of(people_.begin(), people_.end(), [](const auto& person) { return person.foreign; });
  }

  std::vector<Duplicate> run() {
    for (std::uint32_t i = 0; i < people_.size(); ++i) add_keys(i);
    std::sort(entries_.begin(), entries_.end(),
              [](const Entry& a, const Entry& b) { return a.key != b.key ? a.key < b.key : a.person < b.person; });
    for_each_block(entries_, [&](std::size_t begin, std::size_t end) { take_block(begin, end); });
    std::sort(pairs_.begin(), pairs_.end());
    pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
    std::vector<Duplicate> found;
    for (const auto& [a, b] : pairs_) {
      if (auto pair = compared(a, b); pair.b && pair.score >= at_least_) found.push_back(std::move(pair));
    }
    std::sort(found.begin(), found.end(), [](const Duplicate& x, const Duplicate& y) {
      return std::tuple(-x.score, x.a, x.b) < std::tuple(-y.score, y.a, y.b);
    });
    return found;
  }

 private:
  void add_key(std::uint32_t person, Entry::Kind kind, std::initializer_list<std::string_view> parts) {
    entries_.push_back({hashed(parts), person, kind});
  }

  void add_keys(std::uint32_t i) {
    using Kind = Entry::Kind;
    const auto& person = people_[i];
    for (const auto& point : facts_[i].points) {
      if (point.kind != PointKind::email || !is_role_mailbox(point.value))
        add_key(i, Kind::address, {word(point.kind), point.value});
    }
    for (const auto& login : person.words) {
      if (is_unusual(login, person)) add_key(i, Kind::address, {"word", login});
    }
    bool first = true;
    for (const auto& form : person.forms) {
      if (form.family.empty()) continue;
      const bool cyrillic = form.script == Script::cyrillic;
      auto given = sound(joined(form.given), cyrillic), family = sound(joined(form.family), cyrillic);
      const auto& [low, high] = std::minmax(given, family);
      add_key(i, std::exchange(first, false) ? Kind::namesakes : Kind::name, {"whole", low, high});
      for (const auto& called : form.given) {
        const auto groups = nickname_groups(called);
        const auto heard = sound(called, cyrillic);
        for (const auto& name : form.family) {
          const auto family_heard = sound(name, cyrillic);
          if (name.size() > 1 && called.size() > 1 &&
              (form.given.size() > 1 || form.family.size() > 1 || groups.empty()))
            add_key(i, Kind::name, {"given", heard, family_heard});
          for (const auto group : groups) add_key(i, Kind::name, {"group", std::to_string(group), family_heard});
          if (&called != &form.given.front()) continue;
          for (const auto company : person.companies) {
            add_key(i, Kind::name, {"initial", heard.substr(0, 1), family_heard, std::to_string(company)});
            add_key(i, Kind::name, {"colleague", heard, family_heard.substr(0, 2), std::to_string(company)});
            for (const auto group : groups)
              add_key(i, Kind::name,
                      {"colleague group", std::to_string(group), family_heard.substr(0, 2), std::to_string(company)});
          }
        }
      }
      if (!foreign_) continue;
      for (const bool j_is_a_vowel : {true, false}) {
        if (!j_is_a_vowel && cyrillic) continue;
        for (const int w_is_v : {0, 1, 2, 3}) {  // in neither, one or both parts
          if (w_is_v > 0 && form.script != Script::abjad) continue;
          const auto x = coarse(form.given, j_is_a_vowel, (w_is_v & 1) != 0),
                     y = coarse(form.family, j_is_a_vowel, (w_is_v & 2) != 0);
          add_key(i, Kind::scripts, {"coarse", std::min(x, y), std::max(x, y)});
        }
      }
    }
  }

  template <class Entries, class Take>
  static void for_each_block(const Entries& entries, Take&& take) {
    for (std::size_t begin = 0; begin < entries.size();) {
      auto end = begin + 1;
      while (end < entries.size() && entries[end].key == entries[begin].key) ++end;
      if (end - begin > 1) take(begin, end);
      begin = end;
    }
  }

  void take_block(std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> members;
    for (auto i = begin; i < end; ++i) {
      if (members.empty() || members.back() != entries_[i].person) members.push_back(entries_[i].person);
    }
    const auto kind = entries_[begin].kind;
    if (kind == Entry::Kind::address) {
      if (members.size() > owners_of_an_address_max) shared_.insert(entries_[begin].key);
      if (members.size() <= block_max) take_pairs(members, false);
      return;
    }
    for (auto i = begin; i < end; ++i) {
      if (entries_[i].kind == Entry::Kind::namesakes) people_[entries_[i].person].namesakes = members.size();
    }
    const bool scripts = kind == Entry::Kind::scripts;
    if (members.size() <= block_max) return take_pairs(members, scripts);
    std::vector<Entry> parts;
    for (const auto member : members) {
      for (const auto company : people_[member].companies) parts.push_back({company, member, kind});
      if (!people_[member].city.empty()) parts.push_back({hashed({people_[member].city}) | 1ULL << 63, member, kind});
    }
    std::sort(parts.begin(), parts.end(),
              [](const Entry& a, const Entry& b) { return a.key != b.key ? a.key < b.key : a.person < b.person; });
    for_each_block(parts, [&](std::size_t from, std::size_t to) {
      if (to - from > block_max) return;
      std::vector<std::uint32_t> part;
      for (auto i = from; i < to; ++i) part.push_back(parts[i].person);
      take_pairs(part, scripts);
    });
  }

  /// `scripts`: only of whom one is written in another script.
  void take_pairs(const std::vector<std::uint32_t>& members, bool scripts) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (auto k = i + 1; k < members.size(); ++k) {
        if (scripts && !people_[members[i]].foreign && !people_[members[k]].foreign) continue;
        pairs_.push_back(std::minmax(members[i], members[k]));
      }
    }
  }

  struct Reason {
    int weight{};
    std::string text{};
  };
  using Reasons = std::vector<Reason>;

  static NameLikeness best_likeness(const Prepared& a, const Prepared& b) {
    NameLikeness best;
    bool first = true;
    for (const auto& one : a.forms) {
      for (const auto& other : b.forms) {
        auto found = likeness(one, other);
        const bool better = first || rank(found) > rank(best);
        if (better) best = std::move(found);
        first = false;
      }
    }
    return best;
  }
  static int rank(const NameLikeness& likeness) {
    using Kind = NameLikeness::Kind;
    // A conflict of one name weighs less than nothing said by another: people have several names.
    const int kind = likeness.kind == Kind::conflict  ? 0
                     : likeness.kind == Kind::unknown ? 1
                                                      : static_cast<int>(likeness.kind);
    return kind * 100 - likeness.penalty;
  }

  /// A company that both have, preferring one where both are now.
  struct Shared {
    std::string company{};
    bool now{};
    bool title{};
  };
  Shared shared_company(std::uint32_t i, std::uint32_t k) const {
    Shared shared;
    const auto& a = people_[i];
    const auto& b = people_[k];
    const auto has = [](const auto& list, auto number) {
      return std::find(list.begin(), list.end(), number) != list.end();
    };
    std::uint32_t number = 0;
    for (const auto company : a.companies) {
      if (!has(b.companies, company)) continue;
      const bool now = has(a.companies_now, company) && has(b.companies_now, company);
      if (number == 0 || now) number = company, shared.now = now;
    }
    if (number == 0) return shared;
    for (std::size_t x = 0; x < a.jobs.size(); ++x) {
      for (std::size_t y = 0; y < b.jobs.size(); ++y) {
        if (a.jobs[x] == 0 || a.jobs[x] != b.jobs[y]) continue;
        const auto& mine = facts_[i].jobs[x];
        if (shared.company.empty() || a.jobs[x] == number) shared.company = mine.company;
        shared.title |= !mine.title.empty() && text::fold(mine.title) == text::fold(facts_[k].jobs[y].title);
      }
    }
    return shared;
  }

  /// What of two people's addresses speaks for one person; `personal`: one of them is hardly anybody else's.
  int of_addresses(std::uint32_t i, std::uint32_t k, bool colleagues, bool& personal, Reasons& reasons) const {
    int best = 0, further = 0;
    const auto count = [&](int weight, std::string text) {
      reasons.push_back({weight, std::move(text)});
      further += best > 0 && weight > 0 ? further_address : 0;
      best = std::max(best, weight);
    };
    for (const auto& point : facts_[i].points) {
      for (const auto& other : facts_[k].points) {
        if (point.kind != other.kind || point.value != other.value) continue;
        const bool many = shared_.contains(hashed({word(point.kind), point.value}));
        const auto label = text::lower(point.label + " " + other.label);
        const auto labelled = [&](std::string_view what) { return label.find(what) != std::string::npos; };
        switch (point.kind) {
          case PointKind::email:
            if (is_role_mailbox(point.value)) break;
            count(many ? further_address : same_identity, "the same email " + point.value);
            personal |= !many;
            break;
          case PointKind::linkedin:
          case PointKind::github:
          case PointKind::gitlab:
            count(same_identity, fmt::format("the same {} account {}",
                                             point.kind == PointKind::linkedin ? "LinkedIn"
                                             : point.kind == PointKind::github ? "GitHub"
                                                                               : "GitLab",
                                             point.value));
            personal = true;
            break;
          case PointKind::uid:
            count(same_identity, "the same card or record of another program");
            personal = true;
            break;
          case PointKind::phone: {
            const bool office =
                labelled("work") || labelled("office") || labelled("main") || labelled("company") || colleagues;
            const bool mobile = labelled("cell") || labelled("mobile");
            const int weight = many               ? further_address
                               : mobile           ? same_phone
                               : labelled("home") ? same_home_phone
                               : office           ? same_office_phone
                                                  : same_phone;
            count(weight, "the same phone " + point.value);
            personal |= weight == same_phone;
            break;
          }
          case PointKind::website:
            count(many || colleagues ? same_company_page : same_page, "the same website " + point.value);
            break;
          case PointKind::handle:
            count(point.label == other.label ? same_handle : same_unusual_word,
                  fmt::format("the same name {} on {}", point.value, point.label.empty() ? "a network" : point.label));
            break;
        }
      }
    }
    if (best < same_handle) {
      for (const auto& login : people_[i].words) {
        if (std::find(people_[k].words.begin(), people_[k].words.end(), login) == people_[k].words.end()) continue;
        const bool unusual = is_unusual(login, people_[i]) && is_unusual(login, people_[k]) &&
                             !shared_.contains(hashed({"word", login}));
        count(unusual ? same_unusual_word : same_usual_word, fmt::format("{} in an address of both", login));
        break;
      }
    }
    return best + std::min(further, 2 * further_address);
  }

  /// What of their addresses speaks for two people.
  int against_of_addresses(std::uint32_t i, std::uint32_t k, bool colleagues, Reasons& reasons) const {
    int sum = 0;
    const auto both_have_other = [&](PointKind kind) {
      bool mine = false, theirs = false, shared = false;
      for (const auto& point : facts_[i].points) {
        if (point.kind != kind) continue;
        mine = true;
        for (const auto& other : facts_[k].points) shared |= other.kind == kind && other.value == point.value;
      }
      for (const auto& other : facts_[k].points) theirs |= other.kind == kind;
      return mine && theirs && !shared;
    };
    const auto against = [&](int weight, std::string text) {
      sum += weight, reasons.push_back({weight, std::move(text)});
    };
    if (both_have_other(PointKind::linkedin)) against(other_profile, "but two LinkedIn profiles");
    if (both_have_other(PointKind::github)) against(other_login, "but two GitHub accounts");
    if (both_have_other(PointKind::gitlab)) against(other_login, "but two GitLab accounts");
    if (colleagues && both_have_other(PointKind::email)) {
      const auto domain = [](const PersonFacts::Point& point) {
        return point.kind == PointKind::email && !is_role_mailbox(point.value)
                   ? point.value.substr(point.value.find('@'))
                   : "";
      };
      const bool same_domain = std::any_of(facts_[i].points.begin(), facts_[i].points.end(), [&](const auto& mine) {
        const auto at = domain(mine);
        return !at.empty() && std::any_of(facts_[k].points.begin(), facts_[k].points.end(),
                                          [&](const auto& theirs) { return domain(theirs) == at; });
      });
      if (same_domain) against(other_address_at_work, "but two addresses at one company");
    }
    return sum;
  }

  int of_name(const NameLikeness& name, std::uint32_t i, std::uint32_t k, bool personal, Reasons& reasons) const {
    using Kind = NameLikeness::Kind;
    int weight = 0;
    switch (name.kind) {
      case Kind::same:
      case Kind::alike:
        weight = same_name - name.penalty;
        break;
      case Kind::initial:
        weight = initials_name - name.penalty;
        break;
      case Kind::part:
        weight = part_of_name - name.penalty;
        break;
      case Kind::given:
        weight = personal ? given_name_and_address : other_family;
        break;
      case Kind::conflict:
        return other_name;
      case Kind::unknown:
        return 0;
    }
    const auto namesakes = std::min(people_[i].namesakes, people_[k].namesakes);
    if (namesakes > 2 && weight > 0 && !personal)
      weight = std::max(0, weight - static_cast<int>(6 * std::log2(static_cast<double>(namesakes) / 2)));
    reasons.push_back(
        {weight, name.kind == Kind::given && !personal ? name.reason + ", but another family name" : name.reason});
    return weight;
  }

  int of_the_rest(std::uint32_t i, std::uint32_t k, const Shared& company, Reasons& reasons) const {
    const auto& a = people_[i];
    const auto& b = people_[k];
    int sum = 0;
    const auto count = [&](int weight, std::string text) {
      sum += weight, reasons.push_back({weight, std::move(text)});
    };
    if (!company.company.empty()) {
      count(company.now ? colleagues_now : colleagues_once,
            company.now ? "at " + company.company + " both" : "worked at " + company.company + " both");
      if (company.title) count(same_title, "with the same title");
    }
    if (!a.birthday.empty() && !b.birthday.empty()) {
      const bool same =
          a.birthday == b.birthday || (std::min(a.birthday.size(), b.birthday.size()) == 4 &&
                                       (a.birthday.ends_with(b.birthday) || b.birthday.ends_with(a.birthday)));
      count(same ? same_birthday : other_birthday, same ? "the same birthday" : "but different birthdays");
    }
    if (a.generation != b.generation) {
      const bool both = a.generation != 0 && b.generation != 0;
      count(both ? other_generation : one_generation,
            both ? "but one is the elder and one the younger" : "but only one is told from a father or son");
    }
    if (!a.city.empty() && !b.city.empty()) {
      if (a.city == b.city) {
        count(same_city, "in " + facts_[i].location.substr(0, facts_[i].location.find(',')) + " both");
      } else if (a.place.find(b.city) == std::string::npos && b.place.find(a.city) == std::string::npos) {
        count(other_city, "but in different places");
      }
    }
    return sum;
  }

  Duplicate compared(std::uint32_t i, std::uint32_t k) const {
    Reasons reasons;
    bool personal = false;
    const auto company = shared_company(i, k);
    const bool colleagues = !company.company.empty();
    const int addresses = of_addresses(i, k, colleagues, personal, reasons);
    int score = addresses + of_name(best_likeness(people_[i], people_[k]), i, k, personal, reasons);
    constexpr int rest_max = colleagues_now + same_title + same_city + same_birthday;
    if (score + rest_max < at_least_) return {};
    score += against_of_addresses(i, k, colleagues, reasons) + of_the_rest(i, k, company, reasons);
    if (!personal && addresses < same_page) score = std::min(score, without_an_address_max);

    Duplicate pair;
    pair.a = std::min(facts_[i].contact, facts_[k].contact);
    pair.b = std::max(facts_[i].contact, facts_[k].contact);
    pair.score = std::clamp(score, 0, score_max);
    std::stable_sort(reasons.begin(), reasons.end(),
                     [](const Reason& x, const Reason& y) { return x.weight > y.weight; });
    for (auto& reason : reasons) {
      if (reason.weight != 0 && !reason.text.empty()) pair.reasons.push_back(std::move(reason.text));
    }
    return pair;
  }

  const std::vector<PersonFacts>& facts_;
  int at_least_;
  std::vector<Prepared> people_;
  bool foreign_{};
  std::vector<Entry> entries_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;
  std::unordered_set<Key> shared_;  ///< addresses and logins of too many
};

}  // namespace

std::vector<Duplicate> duplicates(const std::vector<PersonFacts>& people, int at_least) {
  return Finding(people, at_least).run();
}

bool names_conflict(const Contact& a, const Contact& b) {
  const auto forms = [](const Contact& contact) {
    std::vector<NameForm> all{contact.given.empty() || contact.family.empty()
                                  ? name_form(contact.display, "")
                                  : name_form(contact.given, contact.family)};
    if (!contact.nickname.empty()) all.push_back(name_form(contact.nickname, contact.family));
    return all;
  };
  bool conflict = false;
  for (const auto& one : forms(a)) {
    for (const auto& other : forms(b)) {
      if (likeness(one, other).kind != NameLikeness::Kind::conflict) return false;
      conflict = true;
    }
  }
  return conflict;
}

}  // namespace ties
