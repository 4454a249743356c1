#include "crm/store/store.h"
#include "crm/text/text.h"

#include <fmt/format.h>

namespace ties {
namespace {

/// The latest real interaction: what cadences and "last:" count from.
std::string last_real_sql() {
  return fmt::format(R"sql((
    SELECT max(substr(i.at, 1, 10)) FROM interaction_contact ic JOIN interaction i ON i.id = ic.interaction
    WHERE ic.contact = contact.id AND i.kind IN ({})
  ))sql", real_kinds());
}

const char* order_sql(ContactOrder order) {
  switch (order) {
    case ContactOrder::name: return "contact.folded, contact.id";
    case ContactOrder::last: return "last DESC NULLS LAST, contact.folded";
    case ContactOrder::added: return "contact.id DESC";
    case ContactOrder::company: return "company.name IS NULL, company.name COLLATE NOCASE, contact.folded";
  }
  return "contact.id";
}

/// A condition as SQL, with the values that it binds appended to `values`.
std::string condition_sql(const ContactQuery::Condition& condition, Date today, std::vector<std::string>& values) {
  using What = ContactQuery::Condition::What;
  const auto bound = [&](std::string value) {
    values.push_back(std::move(value));
    return std::string("?");
  };
  switch (condition.what) {
    case What::word: {
      const auto match = search_expression(condition.value);
      if (match.empty()) return "true";
      return "contact.id IN (SELECT rowid / 4 FROM search WHERE search MATCH " + bound(match) + " AND rowid % 4 = 0)";
    }
    case What::tag:
      return "contact.id IN (SELECT contact FROM contact_tag JOIN tag ON tag.id = tag WHERE tag.name = " + bound(condition.value) + ")";
    case What::company:
      return "contact.id IN (SELECT contact FROM current_employment WHERE company IN (SELECT id FROM company WHERE key = " +
             bound(company_key(condition.value)) + " UNION SELECT company FROM company_alias WHERE key = " + bound(company_key(condition.value)) + "))";
    case What::event:
      return "contact.id IN (SELECT c.id FROM contact c JOIN event e ON e.id = c.met_event WHERE e.name LIKE " + bound(condition.value + "%") +
             " UNION SELECT contact FROM interaction_contact JOIN interaction i ON i.id = interaction JOIN event e ON e.id = i.event WHERE e.name LIKE " +
             bound(condition.value + "%") + ")";
    case What::source: return "contact.source = " + bound(condition.value);
    case What::last:
      if (condition.days < 0) return "last IS NULL";
      return condition.longer ? "(last IS NULL OR last < " + bound(to_text(plus_days(today, -condition.days))) + ")"
                              : "last >= " + bound(to_text(plus_days(today, -condition.days)));
    case What::has:
      if (condition.value == "note") return "contact.notes <> ''";
      if (condition.value == "company") return "company.id IS NOT NULL";
      if (condition.value == "cadence") {
        return "(contact.cadence_days IS NOT NULL OR contact.id IN (SELECT contact FROM contact_tag JOIN tag ON tag.id = tag WHERE tag.cadence_days IS NOT NULL))";
      }
      return "contact.id IN (SELECT contact FROM contact_point WHERE kind = " + bound(condition.value) + ")";
    case What::is:
      if (condition.value == "deleted") return "contact.deleted_on IS NOT NULL";
      return condition.value == "archived" ? "contact.archived = 1" : "contact.starred = 1";
  }
  return "true";
}

bool asks_for(const ContactQuery& query, std::string_view state) {
  for (const auto& condition : query.conditions) {
    if (condition.what == ContactQuery::Condition::What::is && condition.value == state && !condition.negated) return true;
  }
  return false;
}

/// These columns, and `last`, of the contacts that a query finds.
std::string found_sql(const std::string& columns, const ContactQuery& query, Date today, std::vector<std::string>& values) {
  std::string where = "contact.me = 0";
  if (!asks_for(query, "deleted")) where += " AND contact.deleted_on IS NULL";
  if (!asks_for(query, "archived") && !asks_for(query, "deleted")) where += " AND contact.archived = 0";
  for (const auto& condition : query.conditions) {
    where += (condition.negated ? " AND NOT " : " AND ") + condition_sql(condition, today, values);
  }
  return fmt::format(R"sql(
    SELECT {}, {} AS last
    FROM contact
    LEFT JOIN employment job ON job.id = (
      SELECT e.id FROM employment e WHERE e.contact = contact.id AND e.ended = '' ORDER BY e.as_of DESC NULLS LAST, e.id DESC LIMIT 1)
    LEFT JOIN company ON company.id = job.company
    WHERE {}
  )sql", columns, last_real_sql(), where);
}

}  // namespace

void complete(Contact& contact) { contact.folded = text::fold(contact.display + " " + contact.nickname); }

void complete(ContactName& name) { name.folded = text::fold(name.name); }

void complete(ContactFormer& former) { former.folded = text::fold(former.name); }

std::optional<Contact> Store::me() { return select_one<Contact>("WHERE me = 1"); }

Contact Store::me_or_new() {
  if (auto found = me()) return *found;
  Contact contact;
  contact.display = "me";
  contact.me = true;
  contact.id = add(contact);
  return contact;
}

std::vector<Contact> Store::contacts_called(const std::string& folded) {
  return select<Contact>("WHERE (folded = ?1 OR id IN (SELECT contact FROM contact_name WHERE contact_name.folded = ?1)) AND me = 0 AND deleted_on IS NULL ORDER BY id", folded);
}

std::vector<Contact> Store::contacts_like(const std::vector<std::string>& words) {
  std::string tail = "WHERE me = 0 AND deleted_on IS NULL";
  for (std::size_t i = 0; i < words.size(); ++i) tail += fmt::format(" AND (folded LIKE ?{0} OR id IN (SELECT contact FROM contact_name WHERE contact_name.folded LIKE ?{0}))", i + 1);
  auto query = database_.query("SELECT " + rows::columns<Contact>() + " FROM contact " + tail + " ORDER BY folded, id LIMIT 50");
  for (std::size_t i = 0; i < words.size(); ++i) rows::bind(*query, static_cast<int>(i) + 1, "%" + words[i] + "%");
  std::vector<Contact> found;
  while (query->executeStep()) found.push_back(rows::record<Contact>(*query));
  return found;
}

std::vector<Contact> Store::contacts_at(PointKind kind, const std::string& value) {
  return select<Contact>("JOIN contact_point point ON point.contact = contact.id WHERE point.kind = ? AND point.value = ? AND deleted_on IS NULL ORDER BY contact.id", kind, value);
}

std::vector<ContactLine> Store::contacts(const ContactQuery& query, ContactOrder order, int limit, Date today) {
  std::vector<std::string> values;
  const auto columns = rows::columns<Contact>("contact.") + R"sql(, coalesce(company.name, ''), coalesce(job.title, ''),
    coalesce((SELECT group_concat(name, ', ') FROM (SELECT tag.name FROM contact_tag JOIN tag ON tag.id = tag
                                                    WHERE contact = contact.id ORDER BY tag.name)), ''))sql";
  auto found = database_.query(fmt::format("{} ORDER BY {} LIMIT {}", found_sql(columns, query, today, values), order_sql(order), limit));
  for (std::size_t i = 0; i < values.size(); ++i) rows::bind(*found, static_cast<int>(i) + 1, values[i]);
  std::vector<ContactLine> lines;
  while (found->executeStep()) {
    int at = 0;
    ContactLine line;
    line.contact = rows::record<Contact>(*found, at);
    line.company = found->getColumn(at++).getString();
    line.title = found->getColumn(at++).getString();
    line.tags = found->getColumn(at++).getString();
    rows::read(found->getColumn(at++), line.last);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<Id<Contact>> Store::contact_ids(const ContactQuery& query, Date today) {
  std::vector<std::string> values;
  auto found = database_.query(found_sql("contact.id", query, today, values) + " ORDER BY contact.id");
  for (std::size_t i = 0; i < values.size(); ++i) rows::bind(*found, static_cast<int>(i) + 1, values[i]);
  std::vector<Id<Contact>> ids;
  while (found->executeStep()) ids.push_back({found->getColumn(0).getInt64()});
  return ids;
}

std::vector<ContactPoint> Store::points(Id<Contact> contact) {
  return select<ContactPoint>(R"sql(WHERE contact = ? ORDER BY "primary" DESC, kind, id)sql", contact);
}

std::vector<ContactExtra> Store::extras(Id<Contact> contact) {
  return select<ContactExtra>("WHERE contact = ? ORDER BY source, name, id", contact);
}

std::vector<EmploymentLine> Store::employments(Id<Contact> contact) {
  auto query = database_.query("SELECT " + rows::columns<Employment>("e.") + R"sql(, coalesce(company.name, '')
    FROM employment e LEFT JOIN company ON company.id = e.company WHERE e.contact = ?
    ORDER BY e.ended <> '', e.as_of DESC NULLS LAST, e.started DESC, e.id DESC)sql");
  rows::bind_all(*query, contact);
  std::vector<EmploymentLine> lines;
  while (query->executeStep()) {
    int at = 0;
    auto employment = rows::record<Employment>(*query, at);
    lines.push_back({std::move(employment), query->getColumn(at).getString()});
  }
  return lines;
}

std::optional<EmploymentLine> Store::current_employment(Id<Contact> contact) {
  auto lines = employments(contact);
  if (lines.empty() || !lines.front().employment.ended.empty()) return std::nullopt;
  return std::move(lines.front());
}

std::vector<Education> Store::educations(Id<Contact> contact) {
  return select<Education>("WHERE contact = ? ORDER BY started DESC, id", contact);
}

std::vector<Tag> Store::tags(Id<Contact> contact) {
  return select<Tag>("JOIN contact_tag ON contact_tag.tag = tag.id WHERE contact_tag.contact = ? ORDER BY tag.name", contact);
}

std::optional<Tag> Store::tag_named(const std::string& name) { return select_one<Tag>("WHERE name = ?", name); }

Tag Store::tag_named_or_new(const std::string& name) {
  if (auto found = tag_named(name)) return *found;
  Tag tag;
  tag.name = name;
  tag.id = add(tag);
  return tag;
}

std::optional<ContactTag> Store::contact_tag(Id<Contact> contact, Id<Tag> tag) {
  return select_one<ContactTag>("WHERE contact = ? AND tag = ?", contact, tag);
}

std::vector<std::string> Store::hand_edits(Id<Contact> contact) {
  std::vector<std::string> fields;
  for (const auto& edit : select<HandEdit>("WHERE contact = ?", contact)) fields.push_back(edit.field);
  return fields;
}

void Store::mark_hand_edit(Id<Contact> contact, const std::string& field) {
  if (select_one<HandEdit>("WHERE contact = ? AND field = ?", contact, field)) return;
  HandEdit edit;
  edit.contact = contact;
  edit.field = field;
  add(edit);
}

std::vector<JobChange> Store::job_changes(Id<Contact> contact) {
  return select<JobChange>("WHERE contact = ? ORDER BY seen_on DESC, id DESC", contact);
}

std::vector<ContactName> Store::names(Id<Contact> contact) { return select<ContactName>("WHERE contact = ? ORDER BY id", contact); }

std::vector<ContactFormer> Store::formers(Id<Contact> contact) { return select<ContactFormer>("WHERE contact = ? ORDER BY number", contact); }

std::optional<Contact> Store::contact_once_numbered(std::int64_t number) {
  return select_one<Contact>("WHERE id = (SELECT contact FROM contact_former WHERE number = ?)", number);
}

}  // namespace ties
