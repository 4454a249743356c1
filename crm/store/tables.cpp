#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>

#include "crm/domain/template.h"
#include "crm/store/store.h"

namespace ties {
namespace {

using changeset::Value;
using Kind = ColumnInfo::Kind;

Kind kind_of(const std::string&) {
  return Kind::text;
}
Kind kind_of(const std::vector<std::string>&) {
  return Kind::lines;
}
Kind kind_of(int) {
  return Kind::number;
}
Kind kind_of(std::int64_t) {
  return Kind::large_number;
}
Kind kind_of(bool) {
  return Kind::yes_no;
}
Kind kind_of(Date) {
  return Kind::day;
}
Kind kind_of(const Moment&) {
  return Kind::moment;
}
template <class R>
Kind kind_of(Id<R>) {
  return Kind::reference;
}
template <Worded E>
Kind kind_of(E) {
  return Kind::word;
}
template <class T>
Kind kind_of(const std::optional<T>&) {
  return kind_of(T{});
}

template <class T>
std::span<const std::string_view> words_of(const T&) {
  if constexpr (Worded<T>) return words<T>();
  return {};
}
template <class T>
std::span<const std::string_view> words_of(const std::optional<T>&) {
  return words_of(T{});
}

template <class T>
constexpr bool is_optional(const T&) {
  return false;
}
template <class T>
constexpr bool is_optional(const std::optional<T>&) {
  return true;
}

struct Meaning {
  Kind kind{};
  std::span<const std::string_view> words{};
  bool required{};
};

/// What a record tells of its table.
struct Known {
  std::string_view table;
  std::string_view about;
  std::map<std::string, Meaning, std::less<>> (*fields)();
};

template <class R>
Known known(std::string_view about) {
  return {R::noun, about, [] {
            std::map<std::string, Meaning, std::less<>> fields;
            R empty{};
            R::fields(empty, [&](std::string_view name, const auto& field) {
              fields.emplace(name, Meaning{kind_of(field), words_of(field), !is_optional(field)});
            });
            return fields;
          }};
}

const std::vector<Known>& known_tables() {
  static const std::vector<Known> table{
      known<Application>("A role at a company that you apply for: its stage, its outcome, and all that is agreed."),
      known<ApplicationContact>("Who has which part in an application."),
      known<ApplicationStep>("The history of an application, a dated line for each step, only ever added to."),
      known<Company>("A company; `target`: you want to work there, `suggested`: a source says that you may."),
      known<CompanyAlias>("Another name, mail domain or code organisation by which a company is known."),
      known<Contact>("A person, and (`me`) yourself; `deleted_on`: in the trash since then."),
      known<ContactDistinct>("Two contacts of whom you said that they are not one person."),
      known<ContactExtra>("What a source told of a contact and no field holds, as it was."),
      known<ContactFormer>("A record that was merged into a contact; its number goes on to mean the person."),
      known<ContactName>("Another name of a contact: in another script, before a marriage, as a source wrote it."),
      known<ContactPoint>("An address of a contact: mail, phone, profile, login, website, handle, or the lasting name "
                          "that another program gave them (uid)."),
      known<ContactTag>("Which contact has which tag."),
      known<Contribution>("Public work of yours; its link is its identity."),
      known<ContributionContact>("Who met a contribution, and how."),
      known<Document>("A file or link that you sent; files come along under attachments/."),
      known<Education>("A school that a contact, or you, attended."),
      known<Employment>("A job of a contact: company, title, from when to when, and when a source last said so."),
      known<Event>("A conference, meetup or other occasion to meet people."),
      known<Favour>("Help that was given to a contact or received from one."),
      known<HandEdit>("A field of a contact that you typed, and that no import overwrites."),
      known<Interaction>("Something that happened between you and others: a talk, a message, an invitation."),
      known<InteractionContact>("Who took part in an interaction."),
      known<Interview>("One round of an application."),
      known<InterviewContact>("Who held an interview."),
      known<JobChange>("A change of job that a newer export showed."),
      known<MessageTemplate>("A message with places to fill in, of your own or in place of a built-in one."),
      known<Pipeline>("A list of stages that applications go through."),
      known<Referral>("One person's word for you at a company, from the first idea to the thanks."),
      known<ReferralStep>("The history of a referral, a dated line for each step, only ever added to."),
      known<Stage>("A stage of a pipeline, in its order; a checklist has a line for each task."),
      known<Suggestion>("What a mail seems to say of an application or a referral, and what you said to it."),
      known<Tag>("A label on contacts; one with a cadence is a circle, whose people are due after so many days."),
      known<Task>("Something to do, or promised; tied to any of the others or to none."),
      known<View>("A list as you want to see it again: which page, and what stands behind the \"?\" of its address."),
  };
  return table;
}

/// Tables without a record.
constexpr std::pair<std::string_view, std::string_view> tables_of_choices[] = {
    {"column_choice", "What you said of a table's column; `header` is a hash of all its column names."},
    {"setting", "A setting that is not at its standard value."},
    {"stage_choice", "The stage of a pipeline that a word of another program means."},
};

const Known* known_table(std::string_view name) {
  const auto found = std::find_if(known_tables().begin(), known_tables().end(),
                                  [&](const Known& known) { return known.table == name; });
  return found == known_tables().end() ? nullptr : &*found;
}

/// Columns that the store computes by itself: `value` gives any other column of the row.
using ValueOf = std::function<std::string(std::string_view)>;
struct Computed {
  std::string_view table, column;
  std::string (*of)(const ValueOf& value);
};
constexpr Computed computed_columns[] = {
    {"contact", "folded",
     [](const ValueOf& value) {
       Contact contact;
       contact.display = value("display"), contact.nickname = value("nickname");
       complete(contact);
       return contact.folded;
     }},
    {"company", "key",
     [](const ValueOf& value) {
       Company company;
       company.name = value("name");
       complete(company);
       return company.key;
     }},
    {"contact_name", "folded",
     [](const ValueOf& value) {
       ContactName name;
       name.name = value("name");
       complete(name);
       return name.folded;
     }},
    {"contact_former", "folded",
     [](const ValueOf& value) {
       ContactFormer former;
       former.name = value("name");
       complete(former);
       return former.folded;
     }},
    {"company_alias", "key",
     [](const ValueOf& value) {
       CompanyAlias alias;
       alias.kind = from_word<AliasKind>(value("kind")).value_or(AliasKind::name), alias.value = value("value");
       complete(alias);
       return alias.key;
     }},
};

const Computed* computed(std::string_view table, std::string_view column) {
  for (const auto& each : computed_columns) {
    if (each.table == table && each.column == column) return &each;
  }
  return nullptr;
}

/// What leaves only when it is asked for, and is told only to those who may see it: a column that is emptied, rows that are
/// left out.
struct Private {
  std::string_view table, column, rows;
};
constexpr Private private_things[] = {
    {"contact", "private_note", ""},
    {"interaction", "", "confidential = 1"},
};

std::string in_quotes(std::string_view name) {
  return fmt::format("\"{}\"", name);
}

TableInfo table_info(Database& database, const std::string& name) {
  TableInfo table;
  table.name = name;
  const auto* known = known_table(name);
  const auto fields = known != nullptr ? known->fields() : std::map<std::string, Meaning, std::less<>>{};
  if (known != nullptr) table.about = known->about;
  for (const auto& [choice, about] : tables_of_choices) {
    if (choice == name) table.about = about;
  }
  changeset::Shapes shapes(database);
  const auto& shape = shapes.of(name);
  auto columns = database.query(
      "SELECT name, type, \"notnull\", dflt_value IS NOT NULL, pk FROM pragma_table_info(?, 'main') ORDER BY cid");
  columns->bind(1, name);
  for (int place = 0; columns->executeStep(); ++place) {
    ColumnInfo column;
    column.name = columns->getColumn(0).getString();
    if (computed(name, column.name) != nullptr) continue;
    const bool is_key = columns->getColumn(4).getInt() == 1;
    column.kind = columns->getColumn(1).getString() == "INTEGER" ? Kind::large_number : Kind::text;
    column.required = columns->getColumn(2).getInt() == 1 || is_key;
    if (const auto field = fields.find(column.name); field != fields.end()) {
      column.kind = field->second.kind, column.words = field->second.words;
      column.required = column.required || field->second.required;
    }
    column.has_default = columns->getColumn(3).getInt() == 1;
    for (const auto& key : shape.keys) {
      if (key.column == place) column.to = key.parent, column.kind = Kind::reference;
    }
    if (is_key) table.key = table.columns.size();
    table.columns.push_back(std::move(column));
  }
  for (const auto& thing : private_things) {
    if (thing.table == name) table.private_column = thing.column;
  }
  return table;
}

/// The condition under which a row is private: by itself, or since it points to such a one.
std::string private_condition(Database& database, const std::string& table) {
  std::string condition;
  for (const auto& thing : private_things) {
    if (thing.table == table && !thing.rows.empty()) condition = thing.rows;
  }
  changeset::Shapes shapes(database);
  for (const auto& key : shapes.of(table).keys) {
    if (key.parent == table) continue;
    const auto of_parent = private_condition(database, key.parent);
    if (of_parent.empty()) continue;
    const auto column = in_quotes(shapes.of(table).columns[static_cast<std::size_t>(key.column)]);
    if (!condition.empty()) condition += " OR ";
    // Row by row, by the parent's number: few rows are private, and most are never looked at.
    condition += fmt::format("EXISTS (SELECT 1 FROM main.{0} WHERE {0}.id = {1}.{2} AND ({3}))", in_quotes(key.parent),
                             in_quotes(table), column, of_parent);
  }
  return condition;
}

struct Views {
  std::string create, drop;
};
/// What shows the tables without what is private, by the tables' own names.
Views views_without_private(Database& database) {
  Views views;
  changeset::Shapes shapes(database);
  for (const auto& name : changeset::user_tables(database)) {
    const auto condition = private_condition(database, name);
    const auto emptied = table_info(database, name).private_column;
    if (condition.empty() && emptied.empty()) continue;
    std::string columns;
    for (const auto& column : shapes.of(name).columns) {
      columns += fmt::format("{}{}{}", columns.empty() ? "" : ",", column == emptied ? "'' AS " : "", in_quotes(column));
    }
    views.create += fmt::format("CREATE TEMP VIEW IF NOT EXISTS {0} AS SELECT {1} FROM main.{0}{2};", in_quotes(name),
                                columns, condition.empty() ? "" : " WHERE NOT (" + condition + ")");
    views.drop += fmt::format("DROP VIEW IF EXISTS temp.{};", in_quotes(name));
  }
  return views;
}

Value value_of(const SQLite::Column& column) {
  if (column.isNull()) return changeset::Null{};
  if (column.isInteger()) return column.getInt64();
  if (column.isFloat()) return column.getDouble();
  return column.getString();
}

/// SQLite's own word on a row that it refuses, for people.
std::string fault_of(const SQLite::Exception& error, const std::string& table) {
  const std::string said = error.what();
  const auto colon = said.find(": ");
  const auto what = colon == std::string::npos ? said : said.substr(colon + 2);
  switch (error.getExtendedErrorCode()) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return fmt::format("another {} has the same {}", table, what);
    case SQLITE_CONSTRAINT_NOTNULL:
      return fmt::format("{} is missing", what);
    case SQLITE_CONSTRAINT_CHECK:
      return fmt::format("it breaks the rule {}", what);
    default:
      return what;
  }
}

}  // namespace

std::vector<TableInfo> Store::tables() {
  std::vector<TableInfo> tables;
  for (const auto& name : changeset::user_tables(database_)) tables.push_back(table_info(database_, name));
  return tables;
}

void Store::each_row(const TableInfo& table, bool with_private,
                     const std::function<void(const std::vector<Value>&)>& visit) {
  std::string columns;
  for (const auto& column : table.columns) {
    const bool emptied = !with_private && column.name == table.private_column;
    columns += (columns.empty() ? "" : ",") + (emptied ? "''" : in_quotes(column.name));
  }
  const auto condition = with_private ? std::string() : private_condition(database_, table.name);
  const auto where = condition.empty() ? std::string() : " WHERE NOT (" + condition + ")";
  auto rows = database_.query(fmt::format("SELECT {} FROM {}{} ORDER BY {}", columns, in_quotes(table.name), where,
                                          in_quotes(table.columns[table.key].name)));
  std::vector<Value> values(table.columns.size());
  while (rows->executeStep()) {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = value_of(rows->getColumn(static_cast<int>(i)));
    visit(values);
  }
}

std::int64_t Store::private_rows(const TableInfo& table) {
  auto condition = private_condition(database_, table.name);
  if (!table.private_column.empty())
    condition += fmt::format("{}{} <> ''", condition.empty() ? "" : " OR ", in_quotes(table.private_column));
  if (condition.empty()) return 0;
  auto count = database_.query(fmt::format("SELECT count(*) FROM {} WHERE {}", in_quotes(table.name), condition));
  count->executeStep();
  return count->getColumn(0).getInt64();
}

std::string Store::add_row(const TableInfo& table, const std::vector<std::string>& columns,
                           const std::vector<Value>& values) {
  const auto value = [&](std::string_view name) {
    const auto found = std::find(columns.begin(), columns.end(), name);
    const auto* text = found == columns.end()
                           ? nullptr
                           : std::get_if<std::string>(&values[static_cast<std::size_t>(found - columns.begin())]);
    return text == nullptr ? std::string() : *text;
  };
  std::string names, marks;
  std::vector<std::string> more;
  for (const auto& column : columns)
    names += (names.empty() ? "" : ",") + in_quotes(column), marks += marks.empty() ? "?" : ",?";
  for (const auto& each : computed_columns) {
    if (each.table != table.name) continue;
    names += "," + in_quotes(each.column), marks += ",?";
    more.push_back(each.of(value));
  }
  try {
    auto insert = database_.query(fmt::format("INSERT INTO {} ({}) VALUES ({})", in_quotes(table.name), names, marks));
    int at = 0;
    for (const auto& each : values) changeset::bind(*insert, ++at, each);
    for (const auto& each : more) insert->bind(++at, each);
    insert->exec();
  } catch (const SQLite::Exception& error) {
    if (error.getErrorCode() != SQLITE_CONSTRAINT) throw;
    return fault_of(error, table.name);
  }
  return {};
}

/// Views of the connection's own take the tables' place, so that no query, whoever wrote it, reads past them. What writes
/// names the tables themselves (`main.`).
void Store::tell_private(bool told) {
  if (told == tells_private_) return;
  static const auto views = views_without_private(database_);  // the same for every file: the schema is the program's
  database_.execute(told ? views.drop : views.create);
  tells_private_ = told;
}

void Store::keep_hidden(Contact& contact) {
  if (tells_private_) return;
  auto note = database_.query("SELECT private_note FROM main.contact WHERE id = ?");
  rows::bind_all(*note, contact.id);
  if (note->executeStep()) rows::read(note->getColumn(0), contact.private_note);
}

std::vector<std::string> Store::hidden_task_texts() {
  std::vector<std::string> texts;
  if (tells_private_) return texts;
  auto hidden = database_.query("SELECT text FROM main.task WHERE id NOT IN (SELECT id FROM task)");
  while (hidden->executeStep()) texts.push_back(hidden->getColumn(0).getString());
  return texts;
}

OneMoment::OneMoment(Store& store) {
  if (sqlite3_get_autocommit(store.database_.handle()) != 0) {
    transaction_.emplace(store.database_.connection(), SQLite::TransactionBehavior::DEFERRED);
  }
}

void Store::at_one_moment(const std::function<void()>& work) {
  const OneMoment moment(*this);
  work();
}

bool Store::may_be_private(const std::string& table) { return !private_condition(database_, table).empty(); }

namespace {

/// What `ties init` makes, and what the user says of themselves.
constexpr std::array made_at_first{"contact"sv,  "contact_point"sv, "education"sv, "hand_edit"sv,
                                   "pipeline"sv, "setting"sv,       "stage"sv};

}  // namespace

std::vector<std::pair<std::string, std::int64_t>> Store::held() {
  std::vector<std::pair<std::string, std::int64_t>> held;
  for (const auto& table : changeset::user_tables(database_)) {
    const bool at_first = std::find(made_at_first.begin(), made_at_first.end(), table) != made_at_first.end();
    if (at_first && table != "contact") continue;
    auto count = database_.query(
        fmt::format("SELECT count(*) FROM {}{}", in_quotes(table), table == "contact" ? " WHERE me = 0" : ""));
    count->executeStep();
    if (const auto rows = count->getColumn(0).getInt64(); rows > 0) held.emplace_back(table, rows);
  }
  return held;
}

void Store::empty_for_rows() {
  database_.execute("PRAGMA defer_foreign_keys = ON");
  for (const auto& table : made_at_first) database_.execute(fmt::format("DELETE FROM {}", in_quotes(table)));
}

std::vector<RowFault> Store::row_faults() {
  std::vector<RowFault> faults;
  auto keys = database_.query("PRAGMA foreign_key_check");
  while (keys->executeStep()) {
    faults.push_back({keys->getColumn(0).getString(), keys->getColumn(1).getInt64(),
                      fmt::format("points to a {} that is not there", keys->getColumn(2).getString())});
  }
  auto strayed = database_.query(
      "SELECT application.id FROM application JOIN stage ON stage.id = stage WHERE stage.pipeline <> "
      "application.pipeline");
  while (strayed->executeStep())
    faults.push_back({"application", strayed->getColumn(0).getInt64(), "stands in a stage of another pipeline"});
  auto bare = database_.query("SELECT id FROM pipeline WHERE id NOT IN (SELECT pipeline FROM stage)");
  while (bare->executeStep()) faults.push_back({"pipeline", bare->getColumn(0).getInt64(), "has no stages"});
  return faults;
}

}  // namespace ties
