#include "importers/mail.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "crm/text/text.h"
#include "importers/mail_box.h"
#include "importers/mail_kinds.h"
#include "importers/mail_message.h"
#include "importers/mail_notices.h"

namespace ties::importers {
namespace {

using namespace mail_parts;
using std::string_view_literals::operator""sv;

constexpr std::size_t others_max = 8;  ///< in one mail: more is no talk
constexpr std::size_t subject_bytes_max = 300;
constexpr std::size_t let_go_every_bytes = 4'000'000;
constexpr std::size_t written_to_max = 500'000;
constexpr std::size_t summaries_max = 2'000'000;
constexpr std::size_t people_max = 1'000'000;  ///< of whom summaries tell

std::uint64_t number_of(std::initializer_list<std::string_view> fields) {
  const auto digits = text::hash_of(fields);
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

/// Numbers that were met, eight bytes each and as much of free room at most.
class Seen {
 public:
  /// False when it was met before.
  bool insert(std::uint64_t number) {
    if (number == 0) number = 1;  // a place that holds 0 is free
    if (2 * (count_ + 1) > places_.size()) grow();
    auto& place = place_of(number);
    if (place == number) return false;
    place = number;
    ++count_;
    return true;
  }
  bool contains(std::uint64_t number) { return !places_.empty() && place_of(number == 0 ? 1 : number) != 0; }
  std::size_t size() const { return count_; }

 private:
  std::uint64_t& place_of(std::uint64_t number) {
    constexpr std::uint64_t spread = 0x9E3779B97F4A7C15;
    const auto mask = places_.size() - 1;
    auto at = (number * spread >> 20U) & mask;
    while (places_[at] != 0 && places_[at] != number) at = (at + 1) & mask;
    return places_[at];
  }
  void grow() {
    std::vector<std::uint64_t> old(std::max<std::size_t>(1024, places_.size() * 2));
    old.swap(places_);
    for (const auto number : old) {
      if (number != 0) place_of(number) = number;
    }
  }

  std::vector<std::uint64_t> places_{};
  std::size_t count_{};
};

/// "Re: AW: [EXT] the linker" → "the linker"
std::string base_of(std::string_view subject) {
  constexpr std::array signs{"re"sv, "aw"sv, "sv"sv, "vs"sv, "antw"sv, "odp"sv, "r"sv,    "rif"sv,  "res"sv,  "fwd"sv,
                             "fw"sv, "wg"sv, "tr"sv, "rv"sv, "enc"sv,  "i"sv,   "回复"sv, "转发"sv, "答复"sv, "回覆"sv};
  for (bool more = true; more;) {
    more = false;
    while (subject.starts_with(' ')) subject.remove_prefix(1);
    auto end = subject.find(':');
    std::size_t behind = end + 1;
    if (const auto wide = subject.find("："); wide < end) end = wide, behind = wide + "："sv.size();
    if (end == subject.npos) break;
    auto sign = subject.substr(0, end);
    sign = sign.substr(0, sign.find_first_of(" [("));  // "Re[2]:", "RE :"
    more = std::any_of(signs.begin(), signs.end(), [sign](auto other) { return same_word(sign, other); });
    if (more) subject.remove_prefix(behind);
  }
  return std::string(subject);
}

/// What is kept of a thread's day, when only that is wanted.
struct Summary {
  std::string key{};
  Date day{};
  Direction direction{};
  bool only_with_known{};
  bool confidential{};
  int count{1};
  int file{}, line{};
  std::vector<std::uint32_t> with{};  ///< places among the people
};

/// One mail, as far as it is needed to judge it.
struct Letter {
  Address from{};
  std::vector<Address> others{};  ///< all in it but the user and robots, each once
  bool mine{};
  std::string subject{};
};

class Reading {
 public:
  Reading(Batch& batch, const Options& options, const std::vector<SourceFile>& files)
      : batch_(batch), options_(options), files_(files) {
    for (const auto& email : options.my_emails) {
      if (auto normal = normalised(PointKind::email, email)) mine_.push_back(*std::move(normal));
    }
    for (const auto& file : files) {
      forms_.push_back(form_of(file.bytes));
      if (forms_.back() != MailForm::none) bytes_total_ += static_cast<std::int64_t>(file.bytes.size());
    }
  }

  void read() {
    if (mine_.empty()) guess_mine();
    if (options_.new_people) find_written_to();
    for (std::size_t i = 0; i < files_.size(); ++i) {
      if (forms_[i] != MailForm::none) {
        read(i);
      } else {
        leave_alone(files_[i]);
      }
    }
    hand_over_summaries();
  }

 private:
  /// Calls `each` with every mail of a file, and lets go of what is behind it. Ends early when `each` says false.
  template <class Each>
  void for_each_mail(std::size_t i, std::string_view doing, Each&& each) {
    const auto& file = files_[i];
    MailBox box(file.bytes, forms_[i]);
    RawMail mail;
    std::size_t behind = 0;
    while (box.next(mail)) {
      if (!each(mail)) break;
      if (mail.end - behind < let_go_every_bytes) continue;
      behind = mail.end;
      file.bytes.let_go(behind);
      tell(doing, behind);
    }
    file.bytes.let_go(file.bytes.size());
    bytes_done_ += static_cast<std::int64_t>(file.bytes.size());
    tell(doing, 0);
  }

  void tell(std::string_view what, std::size_t within) const {
    if (options_.progress) options_.progress(what, bytes_done_ + static_cast<std::int64_t>(within), bytes_total_);
  }

  void leave_alone(const SourceFile& file) {
    struct Known {
      std::string_view begins, name, why;
    };
    constexpr std::array table{
        Known{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "Outlook message",
              "not read: save it as .eml (in Outlook: File, Save As; in the new Outlook drag it into a folder)"},
        Known{"!BDN", "Outlook data file",
              "not read: export the folder as mbox or .eml, or import the mailbox into Thunderbird first"},
    };
    for (const auto& [begins, name, why] : table) {
      if (!file.bytes.view().starts_with(begins)) continue;
      auto& report = batch_.files.emplace_back();
      report.file = file.name, report.recognised = name, report.not_read = why;
      batch_.issues.push_back({file.name, 0, 0, fmt::format("{}: {}", name, why)});
    }
  }

  // Who is who.

  bool is_mine(const std::string& email) const { return std::find(mine_.begin(), mine_.end(), email) != mine_.end(); }

  /// Who wrote most of what was sent, or whom most was delivered to, in the first thousands of each file.
  void guess_mine() {
    constexpr int mails_max = 5'000;
    std::map<std::string, int> votes;
    int votes_all = 0;
    for (std::size_t i = 0; i < files_.size(); ++i) {
      if (forms_[i] == MailForm::none) continue;
      int mails = 0;
      for_each_mail(i, "looking for your own address", [&](const RawMail& mail) {
        const Headers headers(mail.headers);
        const auto folder = folder_of(headers, mail, files_[i].name);
        for (const auto* name : {"From", "Delivered-To"}) {
          if (name == "From"sv && !folder.sent) continue;
          const auto found = headers.addresses(name);
          if (found.empty() || found.front().email.empty()) continue;
          ++votes_all;
          if (votes.size() < 10'000 || votes.contains(found.front().email)) ++votes[found.front().email];
        }
        return ++mails < mails_max;
      });
    }
    bytes_done_ = 0;
    // A second address that sends a good part is the user's as well.
    const int votes_min = std::max(1, votes_all / 5);
    for (const auto& [email, count] : votes) {
      if (count >= votes_min) mine_.push_back(email);
    }
    if (mine_.empty()) {
      batch_.issues.push_back(
          {"", 0, 0,
           "which address is yours cannot be told, so mails were left out; say 'ties contact edit me "
           "--email ADDRESS', then import again"});
      return;
    }
    batch_.issues.push_back({"", 0, 0,
                             fmt::format("taken for yours, as it looks: {}; say 'ties contact edit me --email ADDRESS' "
                                         "to make it certain",
                                         fmt::join(mine_, ", "))});
  }

  /// Everybody to whom the user wrote, which is known only once all is looked through.
  void find_written_to() {
    for (std::size_t i = 0; i < files_.size(); ++i) {
      if (forms_[i] == MailForm::none) continue;
      for_each_mail(i, "looking for whom you wrote to", [&](const RawMail& mail) {
        const Headers headers(mail.headers);
        const auto folder = folder_of(headers, mail, files_[i].name);
        if (!folder.left_out.empty()) return true;
        const auto letter = letter_of(headers, folder);
        if (!letter.mine || letter.others.size() > others_max) return true;
        for (const auto& other : letter.others) {
          if (written_to_.size() < written_to_max) written_to_.insert(number_of({other.email}));
        }
        return true;
      });
    }
    bytes_done_ = 0;
  }

  Letter letter_of(const Headers& headers, const Folder& folder) {
    Letter letter;
    letter.subject = headers.text("Subject", subject_bytes_max);
    auto from = headers.addresses("From");
    if (from.empty()) from = headers.addresses("Sender");
    if (!from.empty()) letter.from = std::move(from.front());
    if (letter.from.through_group) unwrap(letter.from, headers);
    letter.mine = folder.sent || is_mine(letter.from.email);
    const auto add = [&](const Address& other) {
      if (other.email.empty() || other.through_group || is_mine(other.email) || is_robot(other.email)) return;
      const bool already = std::any_of(letter.others.begin(), letter.others.end(),
                                       [&](const auto& known) { return known.email == other.email; });
      if (!already && letter.others.size() <= others_max) letter.others.push_back(other);
    };
    if (!letter.mine) add(letter.from);
    for (const auto* name : {"To", "Cc", "Bcc"}) {
      for (const auto& other : headers.addresses(name)) add(other);
    }
    return letter;
  }

  /// A mail that a group sent on for its writer: their own address stands elsewhere, or nowhere.
  static void unwrap(Address& from, const Headers& headers) {
    for (const auto* name : {"X-Original-From", "X-Original-Sender", "Reply-To"}) {
      for (const auto& original : headers.addresses(name)) {
        if (original.through_group || original.email == from.email) continue;
        from.email = original.email;
        from.through_group = false;
        return;
      }
    }
  }

  // Mails.

  FileReport& report() { return batch_.files[static_cast<std::size_t>(at_)]; }

  void skip(std::string_view why) {
    ++report().skipped;
    ++report().skipped_why[std::string(why)];
  }

  void read(std::size_t i) {
    at_ = static_cast<int>(batch_.files.size());
    auto& made = batch_.files.emplace_back();
    made.file = files_[i].name;
    made.recognised = forms_[i] == MailForm::mbox ? "mailbox" : "mail";
    for_each_mail(i, files_[i].name, [&](const RawMail& mail) {
      ++report().rows;
      read(mail, files_[i].name);
      hand_over_if_many(batch_, options_);
      return true;
    });
  }

  void read(const RawMail& raw, const std::string& file) {
    const Headers headers(raw.headers);
    const auto folder = folder_of(headers, raw, file);
    if (!folder.left_out.empty()) return skip(folder.left_out);
    auto letter = letter_of(headers, folder);
    if (letter.from.email.empty() && letter.others.empty()) return skip("nobody named");
    const auto when = headers.moment(options_.today);
    if (!when) return skip("no date");

    const auto id = id_of(headers, letter, *when);
    if (!seen_.insert(number_of({id}))) return skip("repeated");
    if (options_.since && when->day < *options_.since) return skip("before " + to_text(*options_.since));
    if (!letter.mine && add_notice(letter, id, *when, raw)) return;
    if (const auto why = not_between_people(headers, letter.from.email, letter.subject, letter.mine); !why.empty()) {
      return skip(why);
    }
    if (mine_.empty() && !letter.mine) return skip("your address unknown");
    if (letter.others.size() > others_max) return skip("to many people");
    if (letter.from.through_group) return skip("through a group");
    if (letter.others.empty()) return skip(letter.mine ? "to yourself" : "nobody named");
    add_interaction(headers, raw, std::move(letter), id, *when);
  }

  static std::string id_of(const Headers& headers, const Letter& letter, const Moment& when) {
    const auto ids = headers.ids("Message-ID");
    return ids.empty() ? text::hash_of({to_text(when), letter.from.email, letter.subject}) : ids.front();
  }

  bool add_notice(const Letter& letter, const std::string& id, const Moment& when, const RawMail& raw) {
    auto notice = notice_of(letter.from, letter.subject);
    if (!notice) return false;
    notice->source_key = "mail:" + text::hash_of({id});
    notice->on = when.day;
    notice->file = at_;
    notice->line = raw.line;
    batch_.notices.push_back(*std::move(notice));
    return true;
  }

  /// The mail that a thread began with, as this one tells without any other, so that it is the same whatever else is in
  /// the mailbox. What answers without saying to what is told by Gmail's or Outlook's mark, or by its subject and
  /// people.
  static std::string thread_of(const Headers& headers, const Letter& letter, const std::string& id) {
    for (const auto* name : {"References", "In-Reply-To"}) {
      if (const auto ids = headers.ids(name); !ids.empty()) return ids.front();
    }
    const auto base = base_of(letter.subject);
    if (base == letter.subject || base.empty()) return id;
    if (const auto thread = headers.raw("X-GM-THRID"); !thread.empty())
      return "gmail " + std::string(thread.substr(0, 40));
    constexpr std::size_t root_size = 28;  // of base64: the part that all mails of a thread share
    if (const auto index = headers.raw("Thread-Index"); index.size() >= root_size)
      return std::string(index.substr(0, root_size));
    std::vector<std::string> people{letter.mine ? "" : letter.from.email};
    for (const auto& other : letter.others) people.push_back(other.email);
    std::sort(people.begin(), people.end());
    return fmt::format("{} {}", base, fmt::join(people, " "));
  }

  void add_interaction(const Headers& headers, const RawMail& raw, Letter letter, const std::string& id,
                       const Moment& when) {
    const auto direction = letter.mine ? Direction::out : Direction::in;
    const bool known_alone = !limit_to_written_to(letter);
    const auto sensitivity = headers.raw("Sensitivity");
    const bool confidential = !sensitivity.empty() && !same_word(sensitivity, "normal");
    const auto whole = "mail:" + text::hash_of({thread_of(headers, letter, id), to_text(when.day), word(direction)});
    if (options_.summary) return sum_up(whole, letter, direction, known_alone, confidential, when.day, raw.line);

    auto& found = batch_.interactions.emplace_back();
    auto& interaction = found.interaction;
    interaction.kind = InteractionKind::email;
    interaction.direction = direction;
    interaction.channel = "email";
    interaction.when = when;
    interaction.confidential = confidential;
    interaction.source_key = whole + "/" + text::hash_of({id});
    interaction.text = letter.subject;
    if (options_.bodies) {
      if (const auto words = own_words(raw.whole); !words.empty()) {
        interaction.text += (interaction.text.empty() ? "" : "\n\n") + words;
      }
    }
    for (const auto& other : letter.others) found.with.push_back(key_of(other));
    found.only_with_known = known_alone;
    found.file = at_;
    found.line = raw.line;
  }

  static PersonKey key_of(const Address& address) {
    PersonKey key;
    key.email = address.email;
    key.name = address.name;
    return key;
  }

  /// Whether the mail may bring new people in: it is from the user, or from somebody to whom the user wrote. Of the
  /// others in it, only those to whom the user wrote are kept then.
  bool limit_to_written_to(Letter& letter) {
    const auto knows = [this](const Address& address) { return written_to_.contains(number_of({address.email})); };
    if (!options_.new_people || (!letter.mine && !knows(letter.from))) return false;
    const auto gone =
        std::remove_if(letter.others.begin(), letter.others.end(), [&](const auto& other) { return !knows(other); });
    if (gone == letter.others.begin()) return false;
    letter.others.erase(gone, letter.others.end());
    return true;
  }

  // Summaries: one of a thread's day and direction.

  void sum_up(const std::string& key, const Letter& letter, Direction direction, bool known_alone, bool confidential,
              Date day, int line) {
    const auto [at, is_new] = summary_of_.try_emplace(number_of({key}), summaries_.size());
    if (is_new) {
      if (summaries_.size() >= summaries_max || people_.size() >= people_max) hand_over_summaries();
      at->second = summaries_.size();
      summaries_.push_back({key, day, direction, known_alone, confidential, 0, at_, line, {}});
    }
    auto& summary = summaries_[at->second];
    ++summary.count;
    summary.only_with_known = summary.only_with_known && known_alone;
    for (const auto& other : letter.others) {
      const auto person = place_of(other);
      if (std::find(summary.with.begin(), summary.with.end(), person) == summary.with.end())
        summary.with.push_back(person);
    }
  }

  std::uint32_t place_of(const Address& address) {
    const auto [at, is_new] =
        person_of_.try_emplace(number_of({address.email}), static_cast<std::uint32_t>(people_.size()));
    if (is_new) people_.push_back(key_of(address));
    auto& known = people_[at->second];
    if (known.name.empty()) known.name = address.name;
    return at->second;
  }

  void hand_over_summaries() {
    for (const auto& summary : summaries_) {
      auto& found = batch_.interactions.emplace_back();
      found.interaction.kind = InteractionKind::email;
      found.interaction.direction = summary.direction;
      found.interaction.channel = "email";
      found.interaction.when = Moment{summary.day, {}, ""};
      found.interaction.confidential = summary.confidential;
      found.interaction.count = summary.count;
      found.interaction.source_key = summary.key;
      for (const auto person : summary.with) found.with.push_back(people_[person]);
      found.only_with_known = summary.only_with_known;
      found.file = summary.file;
      found.line = summary.line;
      hand_over_if_many(batch_, options_);
    }
    summaries_.clear(), summary_of_.clear(), people_.clear(), person_of_.clear();
  }

  Batch& batch_;
  const Options& options_;
  const std::vector<SourceFile>& files_;
  std::vector<MailForm> forms_{};  ///< parallel to the files
  std::vector<std::string> mine_{};
  Seen seen_{};        ///< mails
  Seen written_to_{};  ///< addresses
  std::vector<Summary> summaries_{};
  std::unordered_map<std::uint64_t, std::size_t> summary_of_{};
  std::vector<PersonKey> people_{};
  std::unordered_map<std::uint64_t, std::uint32_t> person_of_{};
  std::int64_t bytes_done_{}, bytes_total_{};
  int at_{};
};

int recognises(const SourceFile& file) {
  constexpr int mailbox = 98, one = 96, only_known = 20;
  switch (form_of(file.bytes)) {
    case MailForm::mbox:
      return mailbox;
    case MailForm::one:
    case MailForm::apple:
      return one;
    case MailForm::none:
      break;
  }
  const auto bytes = file.bytes.view();
  const bool of_outlook = bytes.starts_with("!BDN") || (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") &&
                                                        text::lower(file.name).ends_with(".msg"));
  return of_outlook ? only_known : 0;
}

Batch read(const std::vector<SourceFile>& files, const Options& options) {
  Batch batch;
  batch.source = "mail";
  Reading(batch, options, files).read();
  return batch;
}

}  // namespace

const Importer mail{"mail", "mail as mbox or EML", recognises, read, nullptr};

}  // namespace ties::importers
