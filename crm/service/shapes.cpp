#include "crm/service/shapes.h"

#include "crm/domain/capture.h"
#include "crm/domain/event_yield.h"
#include "crm/domain/template.h"
#include "crm/service/pipeline_file.h"
#include "crm/wire/schema.h"

namespace ties {
namespace {

using wire::exactly;
using wire::or_null;
using wire::properties;

const Json text = wire::schema<std::string>();
const Json number = wire::schema<std::int64_t>();
const Json yes_or_no = wire::schema<bool>();
const Json texts = wire::schema<std::vector<std::string>>();
const Json day = wire::schema<Date>();
const Json moment = wire::schema<Moment>();
const Json maybe_text = or_null(text);
const Json maybe_number = or_null(number);
const Json maybe_day = or_null(day);
template <Worded E>
const Json word_of = wire::schema<E>();

/// A day where it is known, else empty.
const Json day_or_empty{
    {"type", "string"}, {"pattern", R"(^(\d{4}-\d{2}-\d{2}.*)?$)"}, {"examples", Json::array({"2026-03-05"})}};
/// "2019", "2019-04", "2019-04-30", or empty.
const Json partial_day{
    {"type", "string"}, {"pattern", R"(^(\d{4}(-\d{2}(-\d{2})?)?)?$)"}, {"examples", Json::array({"2024-05"})}};
const Json instant{{"type", "string"}, {"format", "date-time"}};

Json list_of(Json items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}

/// What a name stands for in place of a record's number, and what comes besides.
Json with(Json fields, const Json& more) {
  for (const auto& [name, schema] : more.items()) fields[name] = schema;
  return fields;
}

Json one_word(Json words) {
  return {{"type", "string"}, {"enum", std::move(words)}};
}

/// A person by number and name.
const Json person_named = exactly({{"id", number}, {"name", text}});

Json or_nothing(std::string_view shape) {
  return {{"anyOf", {ref_to(shape), {{"type", "null"}}}}};
}

std::vector<Shape> contacts() {
  const Json point = exactly(
      {{"kind", word_of<PointKind>}, {"value", text}, {"label", text}, {"primary", yes_or_no}, {"link", text}, {"source", text}, {"seen_on", maybe_day}});
  const Json job = exactly({{"title", text},
                            {"company", text},
                            {"company_id", maybe_number},
                            {"started", partial_day},
                            {"ended", partial_day},
                            {"as_of", maybe_day},
                            {"source", text}});
  const Json school = exactly({{"school", text}, {"degree", text}, {"started", partial_day}, {"ended", partial_day}});
  const Json extra = exactly({{"name", text}, {"value", text}, {"source", text}});
  const Json task = exactly({{"id", number}, {"due", maybe_day}, {"text", text}, {"owed_by", word_of<OwedBy>}});
  const Json favour = exactly({{"id", number}, {"on", day}, {"direction", word_of<FavourDirection>}, {"text", text}});
  const Json entry = exactly({{"when", day_or_empty}, {"what", text}, {"text", text}, {"noun", text}, {"id", number}});
  const Json reason = exactly({{"text", text}, {"record", text}});
  const Json overlap = exactly({{"text", text},
                                {"name", text},
                                {"school", yes_or_no},
                                {"certainty", word_of<Certainty>},
                                {"from", partial_day},
                                {"until", partial_day},
                                {"record", text}});
  const Json field = exactly({{"field", text}, {"mine", text}, {"theirs", text}, {"kept", text}});
  return {
      {"Contact", "A person, with addresses, jobs, tags and everything that happened, newest first.",
       exactly(with(properties<Contact>(), {{"met_event", maybe_text},
                                            {"met_event_id", maybe_number},
                                            {"met_through", maybe_text},
                                            {"met_through_id", maybe_number},
                                            {"also", texts},
                                            {"tags", texts},
                                            {"tie", text},
                                            {"tie_because", list_of(reason)},
                                            {"ready", word_of<Readiness::Verdict>},
                                            {"ready_score", number},
                                            {"overlaps", list_of(overlap)},
                                            {"ready_because", list_of(reason)},
                                            {"ready_after", texts},
                                            {"points", list_of(point)},
                                            {"jobs", list_of(job)},
                                            {"schools", list_of(school)},
                                            {"more", list_of(extra)},
                                            {"open", list_of(task)},
                                            {"favours", list_of(favour)},
                                            {"timeline", list_of(entry)}}))},
      {"ContactLine", "A person in a list.",
       exactly({{"id", number},
                {"name", text},
                {"company", text},
                {"company_id", maybe_number},
                {"title", text},
                {"last", maybe_day},
                {"tags", text},
                {"email", text},
                {"location", text},
                {"cadence_days", maybe_number},
                {"starred", yes_or_no},
                {"archived", yes_or_no}})},
      {"Tag", "A label on people, and how many have it; one with a cadence is a circle.",
       exactly(with(properties<Tag>(), {{"people", number}}))},
      {"Bulk", "How many were chosen, how many of them changed, and the first names.",
       exactly({{"chosen", number}, {"changed", number}, {"names", texts}})},
      {"Erased", "Who was removed with every trace, and which records still name them.",
       exactly({{"erased", number}, {"mentions", texts}})},
      {"Merged", "The one person that two records became, what was kept of each field, and how many rows moved.",
       exactly({{"contact", ref_to("Contact")},
                {"fields", list_of(field)},
                {"moved", {{"type", "object"}, {"additionalProperties", number}}}})},
      {"Distinct", "Whether two contacts are said to be two people.",
       exactly({{"contact", number}, {"other", number}, {"distinct", yes_or_no}})},
  };
}

std::vector<Shape> talks() {
  const Json candidate = exactly({{"id", number}, {"name", text}, {"company", text}});
  const Json chip = exactly({{"what", word_of<Chip::What>},
                             {"text", text},
                             {"value", text},
                             {"begin", number},
                             {"end", number},
                             {"begin_utf16", number},
                             {"end_utf16", number},
                             {"state", one_word({"known", "new", "ambiguous", "missing"})},
                             {"label", text},
                             {"id", maybe_number},
                             {"candidates", list_of(candidate)}});
  const Json met = exactly({{"id", number}, {"name", text}, {"company", text}, {"about", text}});
  const Json result = exactly({{"kind", word_of<EventYield::Result::Kind>}, {"record", text}, {"title", text}, {"through", text}, {"on", maybe_day}});
  Json led_to{{"results", list_of(result)}};
  for (const auto* count : {"people", "within_48_hours", "within_7_days", "later", "never", "promised", "kept", "referrals", "applications", "interviews", "offers"}) led_to[count] = number;
  led_to = exactly(led_to);
  return {
      {"Interaction", "Something that happened with one or more people.",
       exactly(with(properties<Interaction>(), {{"event", maybe_text}, {"event_id", maybe_number}, {"with", text}, {"contacts", list_of(person_named)}}))},
      {"Captured",
       "What a line was understood as, and the interaction, application or referral that came of it; of a trial none, but what "
       "would be done, or the problem that stands in its way. Places of chips are in bytes, and in UTF-16 units.",
       exactly({{"line", text},
                {"verb", word_of<CaptureVerb>},
                {"note", text},
                {"chips", list_of(chip)},
                {"would", texts},
                {"problem", maybe_text},
                {"interaction", or_nothing("Interaction")},
                {"application", or_nothing("Application")},
                {"referral", or_nothing("Referral")}})},
      {"Favour", "Help given or received.", exactly(with(properties<Favour>(), {{"contact", text}, {"contact_id", number}}))},
      {"Event", "A conference, meetup or session, with who was met there.",
       exactly(with(properties<Event>(), {{"people", list_of(met)}, {"led_to", led_to}}))},
      {"EventLine", "An event in a list, with how many people were met and talks were had.",
       exactly(with(properties<Event>(), {{"people", number}, {"interactions", number}}))},
      {"Contribution", "Public work, with who reviewed, merged or answered it.",
       exactly(with(properties<Contribution>(), {{"company", text},
                                                  {"company_id", maybe_number},
                                                  {"people", texts},
                                                  {"contacts", list_of(exactly({{"id", number}, {"name", text}, {"part", word_of<ContributionPart>}}))}}))},
  };
}

std::vector<Shape> companies() {
  const Json person =
      exactly({{"id", number}, {"name", text}, {"title", text}, {"now", yes_or_no}, {"as_of", maybe_day}});
  const Json application = exactly({{"id", number}, {"title", text}, {"stage", text}, {"outcome", word_of<Outcome>}});
  const Json referral =
      exactly({{"id", number}, {"referrer", text}, {"referrer_id", number}, {"role", text}, {"state", word_of<ReferralState>}});
  const Json alias = exactly({{"id", number}, {"kind", word_of<AliasKind>}, {"value", text}});
  const Json work = exactly({{"id", number}, {"title", text}, {"state", word_of<ContributionState>}});
  return {
      {"Company", "A company, with its people, applications, referrals and public work.",
       exactly(with(properties<Company>(), {{"aliases", texts},
                                            {"known_as", list_of(alias)},
                                            {"people", list_of(person)},
                                            {"applications", list_of(application)},
                                            {"referrals", list_of(referral)},
                                            {"contributions", list_of(work)}}))},
      {"CompanyLine",
       "A company in a list, with how many people are known there, and who of them is known best (0 to 100; on pages of up "
       "to 200).",
       exactly(with(properties<Company>(), {{"people", number},
                                            {"formerly", number},
                                            {"applications", number},
                                            {"is", {{"type", "string"}, {"enum", {"target", "suggested", ""}}}},
                                            {"strongest", maybe_text},
                                            {"strongest_id", maybe_number},
                                            {"tie", maybe_number}}))},
  };
}

std::vector<Shape> pipelines() {
  auto file = pipeline_schema();
  file.erase("$schema");
  const Json schema_itself{
      {"type", "object"}, {"required", Json::array({"$schema"})}, {"properties", {{"$schema", text}}}};
  return {
      {"Stage", "A stage of a pipeline, with how many applications stand in it.",
       exactly(with(properties<Stage>(), {{"applications", number}}))},
      {"Pipeline", "A pipeline with its stages in their order.",
       exactly(with(properties<Pipeline>(), {{"stages", list_of(ref_to("Stage"))}}))},
      {"PipelineLine", "A pipeline in a list, with the names of its stages.",
       exactly(with(properties<Pipeline>(), {{"stages", texts}}))},
      {"PipelineFile",
       "A pipeline as a file, to edit or to share; with `schema`, the JSON Schema of such files.",
       {{"anyOf", {std::move(file), schema_itself}}}},
  };
}

std::vector<Shape> applications() {
  const Json person = exactly({{"id", number}, {"name", text}, {"part", word_of<ApplicationPart>}});
  const Json round = exactly({{"id", number},
                              {"at", moment},
                              {"kind", text},
                              {"with", texts},
                              {"contacts", list_of(person_named)},
                              {"outcome", word_of<InterviewOutcome>},
                              {"notes", text}});
  const Json referral = exactly({{"id", number}, {"referrer", text}, {"referrer_id", number}, {"state", word_of<ReferralState>}});
  const Json document = exactly({{"id", number}, {"kind", text}, {"title", text}, {"location", text}});
  const Json task = exactly({{"id", number}, {"due", maybe_day}, {"text", text}, {"state", word_of<TaskState>}});
  const Json step =
      exactly({{"on", day}, {"stage", text}, {"outcome", word_of<Outcome>}, {"note", text}, {"overridden", text}});
  const Json referral_step =
      exactly({{"on", day}, {"state", word_of<ReferralState>}, {"note", text}, {"overridden", text}});
  const Json referral_fields = with(properties<Referral>(), {{"company", text},
                                                             {"company_id", maybe_number},
                                                             {"referrer", text},
                                                             {"referrer_id", number},
                                                             {"introducer", maybe_text},
                                                             {"introducer_id", maybe_number},
                                                             {"application", maybe_text},
                                                             {"application_id", maybe_number},
                                                             {"since", maybe_day},
                                                             {"next", list_of(word_of<ReferralState>)},
                                                             {"history", list_of(referral_step)}});
  return {
      {"Application", "An application, with people, interviews, documents and history.",
       exactly(with(properties<Application>(), {{"company", text},
                                                {"company_id", maybe_number},
                                                {"pipeline", text},
                                                {"pipeline_id", number},
                                                {"stage", text},
                                                {"stage_id", number},
                                                {"stage_key", text},
                                                {"stage_kind", word_of<StageKind>},
                                                {"people", list_of(person)},
                                                {"interviews", list_of(round)},
                                                {"referrals", list_of(referral)},
                                                {"documents", list_of(document)},
                                                {"tasks", list_of(task)},
                                                {"history", list_of(step)}}))},
      {"ApplicationLine", "An application in a list, with how long it has stood in its stage.",
       exactly(with(properties<Application>(),
                    {{"company", text},
                     {"company_id", maybe_number},
                     {"pipeline", text},
                     {"pipeline_id", number},
                     {"stage", text},
                     {"stage_id", number},
                     {"stage_kind", word_of<StageKind>},
                     {"since", day},
                     {"days", number},
                     {"referrer", text},
                     {"referrer_id", maybe_number}}))},
      {"Interview", "One round of an application.",
       exactly(with(properties<Interview>(), {{"application", text}, {"application_id", number}, {"with", texts}, {"contacts", list_of(person_named)}}))},
      {"SentDocument", "A file or a link that was sent: a CV, a cover letter, an offer.",
       exactly(with(properties<Document>(), {{"application", maybe_text}, {"application_id", maybe_number}}))},
      {"Referral", "One person's word for the user at one company, with its history and the states that may follow.",
       exactly(referral_fields)},
      {"Suggestion", "What a mail seems to say of an application or a referral.",
       exactly(with(properties<Suggestion>(), {{"company", text}, {"company_id", maybe_number}, {"says", text}}))},
      {"Task", "Something to do.",
       exactly(with(properties<Task>(), {{"contact", maybe_text},
                                         {"contact_id", maybe_number},
                                         {"company", maybe_text},
                                         {"company_id", maybe_number},
                                         {"event", maybe_text},
                                         {"event_id", maybe_number},
                                         {"application", maybe_text},
                                         {"application_id", maybe_number}}))},
  };
}

Json token(bool is_new) {
  Json fields{{"id", number},
              {"name", text},
              {"scopes", list_of(one_word({"read", "write", "private", "import", "feeds", "admin"}))},
              {"made_at", instant},
              {"used_at", or_null(instant)},
              {"expires_at", or_null(instant)},
              {"state", one_word({"good", "expired", "revoked"})}};
  if (is_new) fields["token"] = text;
  return exactly(std::move(fields));
}

std::vector<Shape> the_file() {
  const Json kept = exactly({{"noun", text}, {"id", number}, {"name", text}});
  const Json backup{{"name", text},
                    {"made_at", or_null(instant)},
                    {"bytes", number},
                    {"schema", maybe_number},
                    {"contacts", maybe_number},
                    {"applications", maybe_number},
                    {"state", one_word({"good", "damaged", "newer"})}};
  const Json count = exactly({{"what", text}, {"there", number}, {"here", number}});
  const Json gone = exactly({{"id", number}, {"at", instant}, {"said", text}, {"door", text}});
  return {
      {"ImportedFile", "What became of one file that was brought in.",
       exactly({{"file", text},
                {"recognised", text},
                {"rows", number},
                {"created", number},
                {"changed", number},
                {"unchanged", number},
                {"skipped", number},
                {"why", text}})},
      {"ImportRun", "One import, and what it did.",
       exactly({{"id", number},
                {"at", instant},
                {"source", text},
                {"name", text},
                {"snapshot_on", maybe_day},
                {"created", number},
                {"changed", number},
                {"skipped", number},
                {"issues", number},
                {"change", maybe_number},
                {"state", {{"type", "string"}, {"enum", {"undone", ""}}}}})},
      {"Exported", "What left, and how many records; of everything, also how many of each table.",
       exactly({{"what", text},
                {"format", text},
                {"private", yes_or_no},
                {"records", number},
                {"tables", {{"type", {"object", "null"}}, {"additionalProperties", number}}}})},
      {"Change", "One thing that was done; `state` says when it was undone, or which change it undoes.",
       exactly({{"id", number}, {"at", instant}, {"said", text}, {"door", text}, {"state", text}})},
      {"TakenBack", "The change that was taken back, and the records that were kept because they were changed since.",
       exactly({{"change", number}, {"kept", list_of(kept)}})},
      {"Checked", "The faults of the file, and how many records it holds.",
       exactly({{"faults", texts},
                {"contacts", number},
                {"companies", number},
                {"interactions", number},
                {"applications", number}})},
      {"Backup", "A copy of the whole file; numbers are null where it cannot be read.", exactly(backup)},
      {"VerifiedBackup", "What is wrong with a copy of the file; nothing, where it is good.", exactly(with(backup, {{"faults", texts}}))},
      {"Restored",
       "What a backup brings and takes: counts there and here before, how many later changes are lost (null where it is of another "
       "history) with the newest of them, and the backup that was made of what was here (null in a trial).",
       exactly({{"name", text}, {"before", maybe_text}, {"counts", list_of(count)}, {"lost", maybe_number}, {"changes", list_of(gone)}})},
      {"Sample", "Whether the invented search is in the file, since when, and how many people the file holds in all.",
       exactly({{"loaded", yes_or_no}, {"can_load", yes_or_no}, {"loaded_at", or_null(instant)}, {"contacts", number}})},
      {"View", "A list as the user wants to see it again: `query` stands behind the \"?\" of the page's address.",
       exactly(properties<View>())},
      {"MessageTemplate",
       "A message with places to fill in. `built_in`: Ties brings one of that key; `changed`: yours is used in its place. The "
       "number is 0 as long as nothing of it is kept in the file.",
       exactly(with(properties<MessageTemplate>(), {{"built_in", yes_or_no}, {"changed", yes_or_no}}))},
      {"Placeholder", "What can stand in a template, what it becomes, and an example.",
       exactly({{"placeholder", text}, {"means", text}, {"example", text}})},
      {"MessageDraft",
       "A message filled from the records. What nothing is known of stays in the text, in braces, and is told among the gaps. "
       "`after`: the commands that note what it did, once you sent it.",
       exactly({{"kind", word_of<DraftKind>},
                {"template", text},
                {"name", text},
                {"contact", text},
                {"contact_id", number},
                {"referral_id", maybe_number},
                {"application_id", maybe_number},
                {"task_id", maybe_number},
                {"subject", text},
                {"text", text},
                {"gaps", list_of(exactly({{"placeholder", text}, {"why", text}}))},
                {"warnings", list_of(exactly({{"guard", text}, {"reason", text}}))},
                {"after", texts}})},
      {"Setting", "A setting, its value, and where that comes from.",
       exactly({{"key", text},
                {"value", text},
                {"from", {{"type", "string"}, {"enum", {"environment", "file", "standard"}}}},
                {"what", text}})},
      {"Token", "A token: what it reaches, when it was last used, until when it holds.",
       token(false)},
      {"NewToken", "A token as it is made; `token` is shown this once.", token(true)},
      {"SignIn", "An address that signs one browser in, once, and until when.",
       exactly({{"address", text}, {"expires_at", instant}})},
      {"Hit", "A record that a search found.", exactly({{"what", text}, {"id", number}, {"text", text}})},
  };
}

std::vector<Shape> documents() {
  const Json cell{{"type", {"string", "number", "null"}}};
  const Json example{
      {"title", "Follow-ups on Wed 4 Mar 2026"},
      {"finding", "1 follow-up, 1 today"},
      {"tables",
       {{"Today",
         Json::array({Json{
             {"due", "2026-03-04"}, {"who", "Ada Lovelace"}, {"what", "send the slides"}, {"subject", "task 12"}}})}}}};
  const Json row{{"type", "object"}, {"additionalProperties", cell}};
  const Json tables{{"type", "object"}, {"additionalProperties", list_of(ref_to("Row"))}};
  const Json fields{{"type", "object"}, {"additionalProperties", cell}};
  const Json lane{{"type", "object"},
                  {"required", {"title", "rows"}},
                  {"properties", {{"title", text}, {"rows", list_of(ref_to("Row"))}}},
                  {"additionalProperties", cell}};
  const Json figure{{"type", {"number", "null"}}};
  const Json interval{{"type", {"array", "null"}}, {"items", figure}, {"minItems", 2}, {"maxItems", 2}};
  const Json mark = exactly({{"label", text}, {"values", list_of(figure)}, {"said", text}, {"interval", interval}});
  const Json link = exactly({{"from", text}, {"to", text}, {"value", figure}});
  const Json whole{{"type", "object"},
                   {"required", {"title", "finding", "tables"}},
                   {"examples", Json::array({example})},
                   {"properties",
                    {{"title", text},
                     {"finding", text},
                     {"fields", fields},
                     {"tables", tables},
                     {"lanes", list_of(lane)},
                     {"charts", list_of(ref_to("Chart"))},
                     {"texts", texts}}},
                   {"additionalProperties", false}};
  return {
      {"Row", "A row of a report: texts and numbers by the keys of their columns.", row},
      {"Chart",
       "Figures as a picture: marks of bars and columns, a value for each series (for the only one, where none is named), or "
       "links of a flow, without circles; none where there is too little to draw. `said` stands beside the mark, `interval` tells "
       "how sure its first value is. Of the unit \"%\" the whole is 100. `table` names the table that says the same.",
       exactly({{"kind", one_word({"bars", "columns", "flow"})},
                {"title", text},
                {"finding", text},
                {"unit", text},
                {"series", texts},
                {"marks", list_of(mark)},
                {"links", list_of(link)},
                {"table", text}})},
      {"FollowUpCount", "How many follow-ups there are, by when they are due.",
       exactly({{"overdue", number}, {"today", number}, {"ahead", number}})},
      {"Document",
       "A report: its title, its finding in one sentence, what else programs are told, its tables by their titles, and "
       "the lanes of a board in their order, its charts, and what else it says (what was left out, and why); of a report that is "
       "one table, its rows.",
       {{"anyOf", {whole, list_of(ref_to("Row"))}}}},
  };
}

}  // namespace

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> all = [] {
    std::vector<Shape> table;
    for (const auto topic : {contacts, talks, companies, pipelines, applications, the_file, documents}) {
      for (auto& shape : topic()) {
        Json schema{{"description", shape.about}};
        for (const auto& [key, value] : shape.schema.items()) schema[key] = value;
        shape.schema = std::move(schema);
        table.push_back(std::move(shape));
      }
    }
    return table;
  }();
  return all;
}

std::string_view shape_named_in(std::string_view gives) {
  return gives.starts_with('[') ? gives.substr(1, gives.size() - 2) : gives;
}

Json ref_to(std::string_view shape) {
  return {{"$ref", "#/components/schemas/" + std::string(shape)}};
}

Json schema_of_data(std::string_view gives) {
  if (gives.empty()) return {{"type", "null"}};
  return gives.starts_with('[') ? list_of(ref_to(shape_named_in(gives))) : ref_to(gives);
}

}  // namespace ties
