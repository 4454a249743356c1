#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "crm/text/text.h"
#include "importers/table_cells.h"
#include "importers/table_reading.h"
#include "importers/table_rows.h"
#include "importers/table_words.h"

namespace ties::importers::table_parts {
namespace {

constexpr std::size_t notes_bytes_max = 100'000;
constexpr std::size_t history_max = 500;

/// Who is nobody: "HR", "recruiting team".
bool is_nobody(std::string_view name) {
  constexpr std::array words{"hr"sv,
                             "hr team"sv,
                             "human resources"sv,
                             "recruiting"sv,
                             "recruiting team"sv,
                             "unknown"sv,
                             "tbd"sv,
                             "none"sv,
                             "various"sv,
                             "recruiter"sv,
                             "talent team"sv,
                             "team"sv,
                             "n a"sv,
                             "multiple"sv,
                             "yes"sv,
                             "no"sv};
  const auto folded = text::fold(name);
  return folded.empty() || std::find(words.begin(), words.end(), folded) != words.end();
}

/// "4012345678" of "https://www.linkedin.com/jobs/view/4012345678", empty when there is none.
std::string linkedin_job(std::string_view link) {
  constexpr std::string_view mark = "linkedin.com/jobs/view/";
  const auto begin = link.find(mark);
  if (begin == link.npos) return "";
  link.remove_prefix(begin + mark.size());
  return std::string(link.substr(0, std::min(link.find_first_not_of("0123456789"), link.size())));
}

ApplicationStep step_at(StageKind kind, Date on) {
  ApplicationStep step;
  step.stage_kind = kind;
  step.on = on;
  return step;
}

/// A contact person of a row, once for each person of the source: in the batch, and as a key for the application.
PersonKey add_person(Reading& reading, const NamedPerson& named, const std::string& company, std::string_view phone) {
  Person person;
  if (!named.name.empty()) {
    const auto name = person_name(named.name);
    person.contact.display = name.display, person.contact.given = name.given, person.contact.family = name.family;
    person.contact.nickname = name.nickname, person.contact.suffix = name.suffix;
  }
  if (auto point = reading.point(PointKind::email, named.email, "")) add_point(person, std::move(*point));
  if (auto point = reading.point(PointKind::linkedin, named.linkedin, "")) add_point(person, std::move(*point));
  if (auto point = reading.point(PointKind::phone, phone, "")) add_point(person, std::move(*point));
  if (person.contact.display.empty() && !person.points.empty()) person.contact.display = person.points.front().value;
  const auto key = key_of(person);
  if (person.contact.display.empty()) return key;
  person.contact.source = reading.table().source();
  person.file = reading.file(), person.line = reading.line();
  if (!company.empty()) person.jobs.push_back({company, "", "", ""});

  auto& people = reading.batch.people;
  const auto who = text::hash_of({key.email, key.linkedin, text::fold(key.name)});
  const auto [known, is_new] = reading.people.try_emplace(who, people.size());
  if (is_new) {
    people.push_back(std::move(person));
  } else {
    auto& before = people[known->second];
    for (auto& point : person.points) add_point(before, std::move(point));
    for (auto& job : person.jobs) {
      if (std::find(before.jobs.begin(), before.jobs.end(), job) == before.jobs.end())
        before.jobs.push_back(std::move(job));
    }
  }
  return key;
}

/// One row of a table of applications, read cell by cell and then put together.
class ApplicationRow {
 public:
  explicit ApplicationRow(Reading& reading) : reading_(reading) {
    found_.file = reading.file();
    found_.line = reading.line();
  }

  void read() {
    reading_.each_cell(
        [this](int place, const TableColumn& column, std::string text) { take(place, column, std::move(text)); });
    auto& application = found_.application;
    if (application.title.empty()) {
      application.title = std::exchange(name_, "");
    } else if (found_.company.empty()) {
      found_.company = std::exchange(name_, "");
    }
    if (!name_.empty() && text::fold(name_) != text::fold(application.title)) note("Name", name_);
    if (application.title.empty() && found_.company.empty()) {
      reading_.issue(-1, "an application has neither title nor company, skipped");
      return reading_.skip("no title");
    }
    if (reading_.is_too_old(applied_on_ ? applied_on_ : opened_on_)) return;
    decide_stage();
    date_it();
    name_people();
    application.notes = text::clean(application.notes, notes_bytes_max);
    application.source_key = source_key();
    if (!record_.empty()) reading_.by_record[record_] = reading_.batch.applications.size();
    reading_.batch.applications.push_back(std::move(found_));
  }

 private:
  void take(int place, const TableColumn& column, std::string text) {
    using enum TableField;
    auto& application = found_.application;
    switch (column.field) {
      case title:
        return set_linked(application.title, column, text);
      case company:
        return set_linked(found_.company, column, text);
      case display:
        return set_linked(name_, column, text);
      case link:
        return set(application.link, column, link_of(text));
      case stage:
        return set(found_.stage_name, column, linked(text).name);
      case outcome:
        outcome_place_ = place;
        return set(outcome_, column, linked(text).name);
      case location:
        return set(application.location, column, std::move(text));
      case team:
        return set(application.team, column, linked(text).name);
      case pay_asked:
        return set(application.pay_asked, column, std::move(text));
      case pay_advertised:
        return set(application.pay_advertised, column, std::move(text));
      case pay_offered:
        return set(application.pay_offered, column, std::move(text));
      case source:
        return take_source(column, text);
      case opened_on:
        return set_day(opened_on_, place, column, text);
      case applied:
        return take_applied(place, column, text);
      case applied_on:
        return set_day(applied_on_, place, column, text);
      case deadline:
        return set_day(application.deadline, place, column, text);
      case closed_on:
        closed_column_ = column.name, closed_text_ = text;
        return set_day(closed_on_, place, column, text);
      case interview_on:
        return take_interview(place, column, text);
      case contact:
        return add_named(column, text, ApplicationPart::insider);
      case recruiter:
        return add_named(column, text, ApplicationPart::recruiter);
      case hiring_manager:
        return add_named(column, text, ApplicationPart::hiring_manager);
      case interviewer:
        return add_named(column, text, ApplicationPart::interviewer);
      case referrer:
        return take_referrer(column, text);
      case email:
        return take_email(column, text);
      case phone:
        return set(phone_, column, std::move(text));
      case linkedin_profile:
        return set(linkedin_, column, std::move(text));
      case address:
        application.address = normalised(PointKind::email, text).value_or("");
        if (application.address.empty()) note(column.name, text);
        return;
      case priority:
        if (const auto told = priority_meant(text)) application.priority = *told;
        return note(column.name, text);
      case document:
        return set_linked(found_.document, column, text);
      case notes:
        notes_ += (notes_.empty() ? "" : "\n\n") + text;
        return;
      case record:
        return set(record_, column, std::move(text));
      default:
        return note(column.name, text);
    }
  }

  void set(std::string& field, const TableColumn& column, std::string text) {
    if (field.empty()) {
      field = std::move(text);
    } else if (text::fold(field) != text::fold(text)) {
      note(column.name, text);
    }
  }

  /// A name that may carry an address of its own, which is the link where there is no other.
  void set_linked(std::string& field, const TableColumn& column, const std::string& text) {
    auto [name, address] = linked(text);
    const bool is_web = address.starts_with("http") && address.find("notion.so/") == address.npos;
    if (is_web && named_link_.empty()) named_link_ = address;
    set(field, column, std::move(name));
  }

  static std::string link_of(const std::string& text) {
    auto [name, address] = linked(text);
    auto link = address.starts_with("http") ? address : text;
    if (const auto number = linkedin_job(link); !number.empty()) link = "https://www.linkedin.com/jobs/view/" + number;
    return link;
  }

  void set_day(std::optional<Date>& field, int place, const TableColumn& column, const std::string& text) {
    const auto day = reading_.day(place, text);
    if (!day && !is_no_day(text)) note(column.name, text);
    if (!field) field = day;
  }

  void note(const std::string& name, const std::string& text) {
    auto& lines = found_.application.notes;
    if (lines.size() > notes_bytes_max) return;
    const bool prose = text.find('\n') != text.npos;
    lines +=
        (lines.empty() ? "" : "\n") + (name.empty() ? "Column without a name" : name) + (prose ? ":\n" : ": ") + text;
  }

  void take_source(const TableColumn& column, const std::string& text) {
    auto& source = found_.application.source;
    const auto told = source_meant(linked(text).name);
    if (told && source == ApplicationSource::unknown) source = *told;
    if (!told) note(column.name, text);
  }

  void take_applied(int place, const TableColumn& column, const std::string& text) {
    const auto told = yes_or_no_meant(text);
    if (!told) return set_day(applied_on_, place, column, text);
    applied_ = *told;
  }

  void take_interview(int place, const TableColumn& column, const std::string& text) {
    const auto told = yes_or_no_meant(text);
    const auto day = told ? std::nullopt : reading_.day(place, text);
    if (!day) {
      if (!is_no_day(text)) note(column.name, text);
      return;
    }
    Interview interview;
    interview.kind = column.name;
    interview.when.day = *day;
    const auto& today = reading_.options.today;
    interview.outcome = today.ok() && *day < today ? InterviewOutcome::done : InterviewOutcome::planned;
    found_.interviews.push_back(std::move(interview));
  }

  void add_named(const TableColumn& column, const std::string& text, ApplicationPart part) {
    for (auto& person : people_of(text)) {
      const bool nobody = is_nobody(person.name) && person.email.empty() && person.linkedin.empty();
      if (nobody) {
        note(column.name, person.name);
      } else {
        people_.emplace_back(std::move(person), part);
      }
    }
  }

  void take_referrer(const TableColumn& column, const std::string& text) {
    const auto told = yes_or_no_meant(text);
    if (!told || *told) found_.application.source = ApplicationSource::referral;
    if (!told) add_named(column, text, ApplicationPart::referrer);
  }

  void take_email(const TableColumn& column, const std::string& text) {
    for (auto& person : people_of(text)) {
      if (person.email.empty()) {
        note(column.name, text);
      } else {
        emails_.push_back(std::move(person));
      }
    }
  }

  /// The stage by its words, else by whether it was sent.
  void decide_stage() {
    auto& application = found_.application;
    const bool sent = applied_ || applied_on_;
    const auto at_least = sent ? StageKind::applied : StageKind::lead;
    const auto told = found_.stage_name.empty() ? std::nullopt : stage_meant(found_.stage_name);
    const auto ended = outcome_.empty() ? std::nullopt : stage_meant(outcome_);
    found_.stage_guessed = !found_.stage_name.empty() && !told;
    found_.stage_kind = at_least;
    if (told) {
      application.outcome = told->outcome;
      // An end that the company sets comes to what was sent.
      const bool was_sent = told->outcome == Outcome::rejected || told->outcome == Outcome::ghosted;
      found_.stage_kind = told->kind ? *told->kind : was_sent ? StageKind::applied : at_least;
      if (found_.stage_kind == StageKind::lead && sent && told->outcome == Outcome::open)
        found_.stage_kind = StageKind::applied;
    }
    if (ended && ended->outcome != Outcome::open) {
      application.outcome = ended->outcome;
      if (!told && ended->kind) found_.stage_kind = *ended->kind;
    } else if (!outcome_.empty()) {
      if (!ended)
        reading_.issue(outcome_place_,
                       fmt::format("\"{}\" is no outcome that is known, kept as a note", text::fit(outcome_, 40)));
      note(reading_.table().columns[static_cast<std::size_t>(outcome_place_)].name, outcome_);
    }
  }

  void date_it() {
    auto& application = found_.application;
    const auto& today = reading_.options.today;
    const auto first = opened_on_ && applied_on_ ? std::min(*opened_on_, *applied_on_)
                       : opened_on_              ? *opened_on_
                       : applied_on_             ? *applied_on_
                                                 : today;
    application.opened_on = first;
    if (opened_on_ && applied_on_ && *opened_on_ < *applied_on_)
      found_.history.push_back(step_at(StageKind::lead, *opened_on_));
    if (applied_on_) found_.history.push_back(step_at(StageKind::applied, *applied_on_));
    if (closed_on_ && application.outcome != Outcome::open) {
      application.closed_on = closed_on_;
      auto end = step_at(found_.stage_kind, *closed_on_);
      end.outcome = application.outcome;
      found_.history.push_back(std::move(end));
    } else if (closed_on_) {
      note(closed_column_, closed_text_);
    }
    if (application.link.empty()) application.link = link_of(named_link_);
  }

  void name_people() {
    auto& application = found_.application;
    if (!notes_.empty()) application.notes = notes_ + (application.notes.empty() ? "" : "\n\n") + application.notes;
    // Addresses stand in columns of their own: the first is that of the first person, and so on.
    std::size_t next = 0;
    for (auto& email : emails_) {
      while (next < people_.size() && !people_[next].first.email.empty()) ++next;
      if (next < people_.size()) {
        people_[next].first.email = email.email;
      } else {
        people_.emplace_back(std::move(email), ApplicationPart::insider);
      }
    }
    if (!linkedin_.empty() && people_.empty()) people_.push_back({{"", "", linkedin_}, ApplicationPart::insider});
    if (!linkedin_.empty() && people_.front().first.linkedin.empty()) people_.front().first.linkedin = linkedin_;
    if (!phone_.empty() && people_.empty()) note("Phone", phone_);
    for (std::size_t i = 0; i < people_.size(); ++i) {
      const auto& [person, part] = people_[i];
      const bool works_there = part != ApplicationPart::recruiter && part != ApplicationPart::agency;
      auto key = add_person(reading_, person, works_there ? found_.company : "", i == 0 ? phone_ : "");
      const bool is_known = !key.name.empty() || !key.email.empty() || !key.linkedin.empty();
      if (is_known) found_.people.emplace_back(std::move(key), part);
    }
  }

  /// LinkedIn's own where it is one of its jobs, else the number that a known tracker gave it, else the same for the
  /// same link or role from whichever tracker it comes.
  std::string source_key() const {
    const auto& application = found_.application;
    const auto number = linkedin_job(application.link);
    auto key =
        !number.empty() ? "linkedin:job:" + number
        : !application.link.empty()
            ? "table:job:" + text::hash_of({normalised(PointKind::website, application.link).value_or(application.link)})
            : "table:job:" + text::hash_of({company_key(found_.company), text::fold(application.title)});
    const int times = ++reading_.source_keys[key];
    return times == 1 ? key : fmt::format("{}:{}", key, times);
  }

  Reading& reading_;
  FoundApplication found_{};
  std::string name_{}, outcome_{}, notes_{}, phone_{}, linkedin_{}, record_{}, named_link_{}, closed_column_{},
      closed_text_{};
  int outcome_place_{};
  bool applied_{};
  std::optional<Date> opened_on_{}, applied_on_{}, closed_on_{};
  std::vector<std::pair<NamedPerson, ApplicationPart>> people_{};
  std::vector<NamedPerson> emails_{};
};

/// Cells of a line of status-log.tsv.
std::vector<std::string> cells_of(std::string_view line) {
  constexpr std::size_t cells_max = 20;
  std::vector<std::string> cells;
  while (cells.size() < cells_max) {
    const auto end = std::min(line.find('\t'), line.size());
    cells.push_back(text::clean_line(line.substr(0, end)));
    if (end == line.size()) break;
    line.remove_prefix(end + 1);
  }
  return cells;
}

bool is_log_line(const std::vector<std::string>& cells) {
  return cells.size() >= 4 && !cells[0].empty() && cells[0].find_first_not_of("0123456789") == std::string::npos &&
         date_from_text(cells[1]) && !cells[2].empty() && !cells[3].empty();
}

/// visit(number, line) for every line that is neither blank nor a comment.
template <class Visit>
void each_line(std::string_view text, Visit visit) {
  int number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    ++number;
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == line.npos || line.starts_with('#')) continue;
    if (!visit(number, line)) return;
  }
}

}  // namespace

void read_applications(Reading& reading) {
  while (reading.next()) ApplicationRow(reading).read();
}

bool is_status_log(std::string_view text) {
  constexpr int lines_searched = 20;
  int met = 0, fitting = 0;
  each_line(text, [&](int, std::string_view line) {
    ++met;
    if (is_log_line(cells_of(line))) ++fitting;
    return met < lines_searched;
  });
  return fitting > 0 && fitting * 2 >= met;
}

void read_status_log(Reading& reading, int file, std::string_view text) {
  auto& batch = reading.batch;
  auto& report = batch.files[static_cast<std::size_t>(file)];
  const auto skip = [&](const char* why) {
    ++report.skipped;
    ++report.skipped_why[why];
  };
  each_line(text, [&](int number, std::string_view line) {
    ++report.rows;
    const auto cells = cells_of(line);
    if (!is_log_line(cells)) {
      batch.issues.push_back({report.file, number, 0,
                              "expected a number, a day, and the states before and after, parted by tabs; skipped"});
      skip("no change of state");
      return batch.issues.size() < 1'000;
    }
    const auto known = reading.by_record.find(cells[0]);
    if (known == reading.by_record.end()) {
      skip("an application that the tracker does not have");
      return true;
    }
    auto& found = batch.applications[known->second];
    if (found.history.size() >= history_max) return true;
    const auto told = stage_meant(cells[3]);
    ApplicationStep step;
    step.stage_name = cells[3] == "-" ? "" : cells[3];
    step.stage_kind = told && told->kind      ? *told->kind
                      : found.history.empty() ? found.stage_kind
                                              : found.history.back().stage_kind;
    step.outcome = told ? told->outcome : Outcome::open;
    step.on = *date_from_text(cells[1]);
    if (cells.size() > 5) step.note = cells[5];
    found.history.push_back(std::move(step));
    return true;
  });
  for (auto& found : batch.applications) {
    std::stable_sort(found.history.begin(), found.history.end(),
                     [](const auto& a, const auto& b) { return a.on < b.on; });
    for (const auto& step : found.history) {
      if (found.application.outcome != Outcome::open && step.outcome == found.application.outcome)
        found.application.closed_on = step.on;
    }
    if (!found.history.empty())
      found.application.opened_on = std::min(found.application.opened_on, found.history.front().on);
  }
}

void finish_people_of_records(Reading& reading) {
  for (const auto& [person, record, part, line, file] : reading.people_of_records) {
    auto& who = reading.batch.people[person];
    auto known = reading.by_record.find(record);
    if (known == reading.by_record.end()) {
      known = reading.by_record.find(record.substr(std::min(record.find_first_not_of('0'), record.size())));
    }
    if (known == reading.by_record.end()) {
      who.extras.push_back({"tracker", record});
      continue;
    }
    auto& found = reading.batch.applications[known->second];
    found.people.emplace_back(key_of(who), part_meant(part).value_or(ApplicationPart::insider));
  }
}

}  // namespace ties::importers::table_parts
