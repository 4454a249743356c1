#pragma once
#include <string>
#include <vector>

#include "crm/domain/words.h"

namespace ties::importers {

/// What the rows of a table are.
enum class TableOf { contacts, applications, contributions };

/// What a column can be. A word means the like in every kind of table: the `title` of a contact is a job's, that of an
/// application a role's, that of a contribution a headline.
enum class TableField {
  none,
  ignore,
  extra,
  label,
  // contacts
  display,
  given,
  middle,
  family,
  suffix,
  prefix,
  nickname,
  headline,
  pronouns,
  location,
  city,
  region,
  country,
  email,
  phone,
  linkedin_profile,
  github,
  gitlab,
  website,
  handle,
  company,
  title,
  tags,
  notes,
  birthday,
  birth_year,
  birth_month,
  birth_day,
  met_on,
  met_event,
  met_place,
  introduced_by,
  last_contact,
  connected_on,
  starred,
  cadence,
  record,
  relation,
  custom,
  started,
  other_jobs,
  more,
  // applications
  link,
  stage,
  outcome,
  team,
  pay_asked,
  pay_advertised,
  pay_offered,
  source,
  opened_on,
  applied,
  applied_on,
  deadline,
  interview_on,
  closed_on,
  contact,
  part,
  recruiter,
  hiring_manager,
  interviewer,
  referrer,
  address,
  priority,
  document,
  // contributions
  repository,
  kind,
  state,
  reviewer,
  merged_by
};

/// One field, and the headers by which it is known in one kind of table.
struct FieldWords {
  TableOf of{};
  TableField field{};
  std::string_view label{};  ///< of an address: "work", or the network of a handle
  int tells{};               ///< how much such a column tells of what the table is
  std::string_view words{};  ///< headers in English and other languages, parted by "|"
};
const std::vector<FieldWords>& field_words();

/// A header as headers are compared: "E-mail 1 - Value" and "Email1 value" are alike.
struct HeaderKey {
  std::string letters{};  ///< folded, without blanks and numbers; "#" for a header that is no more than that
  std::string group{};    ///< what it shares with the columns that belong to it: "email 1", "2", or empty
};
HeaderKey header_key(std::string_view header);

/// What a header is called in a kind of table, exactly; null: nothing.
const FieldWords* field_called(TableOf of, std::string_view letters);

/// The same for a header that is written in more words ("Company name *", "Date applied (DD/MM)") or with a slip of
/// the pen ("Compnay"); null when nothing, or more than one thing, is meant.
const FieldWords* field_alike(TableOf of, std::string_view header);

}  // namespace ties::importers

template <>
struct ties::Words<ties::importers::TableOf> {
  static constexpr std::array all{"contacts"sv, "applications"sv, "contributions"sv};
};

template <>
struct ties::Words<ties::importers::TableField> {
  static constexpr std::array all{
      "none"sv,         "ignore"sv,       "extra"sv,      "label"sv,          "display"sv,      "given"sv,
      "middle"sv,       "family"sv,       "suffix"sv,     "prefix"sv,         "nickname"sv,     "headline"sv,
      "pronouns"sv,     "location"sv,     "city"sv,       "region"sv,         "country"sv,      "email"sv,
      "phone"sv,        "linkedin"sv,     "github"sv,     "gitlab"sv,         "website"sv,      "handle"sv,
      "company"sv,      "title"sv,        "tags"sv,       "notes"sv,          "birthday"sv,     "birth_year"sv,
      "birth_month"sv,  "birth_day"sv,    "met_on"sv,     "met_event"sv,      "met_place"sv,    "introduced_by"sv,
      "last_contact"sv, "connected_on"sv, "starred"sv,    "cadence"sv,        "record"sv,       "relation"sv,
      "custom"sv,       "started"sv,      "other_jobs"sv, "more"sv,           "link"sv,         "stage"sv,
      "outcome"sv,      "team"sv,         "pay_asked"sv,  "pay_advertised"sv, "pay_offered"sv,  "source"sv,
      "opened_on"sv,    "applied"sv,      "applied_on"sv, "deadline"sv,       "interview_on"sv, "closed_on"sv,
      "contact"sv,      "part"sv,         "recruiter"sv,  "hiring_manager"sv, "interviewer"sv,  "referrer"sv,
      "address"sv,      "priority"sv,     "document"sv,   "repository"sv,     "kind"sv,         "state"sv,
      "reviewer"sv,     "merged_by"sv};
};
