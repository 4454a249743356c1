#include "crm/service/templates.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/domain/draft.h"
#include "crm/domain/pipeline.h"
#include "crm/text/text.h"

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr Arg which{"template", Kind::text, "its key, its name or its number", Place::first};

bool is_built_in(const std::string& key) {
  const auto& all = built_in_templates();
  return std::any_of(all.begin(), all.end(), [&](const MessageTemplate& one) { return one.key == key; });
}

Json whole(const MessageTemplate& message) {
  auto json = wire::record(message);
  json["built_in"] = is_built_in(message.key);
  json["changed"] = is_built_in(message.key) && message.id;
  return json;
}

/// What the arguments say of a template; it is checked.
void set_from(MessageTemplate& message, const Args& args) {
  if (args.has("name")) message.name = text::clean_line(args.text("name"));
  if (const auto kind = args.choice<DraftKind>("kind")) message.kind = *kind;
  if (args.has("subject")) message.subject = text::clean_line(args.text("subject"));
  args.edit("text", message.text);
  if (args.has("language")) message.language = text::clean_line(args.text("language"));
  if (message.name.empty()) throw Wrong("name: give a name", "name");
  if (message.text.empty()) throw Wrong("text: give the text of the message", "text");
  check_placeholders("subject", message.subject);
  check_placeholders("text", message.text);
}

Answer list(Crm& crm, const Args& args) {
  const auto kind = args.choice<DraftKind>("kind");
  Answer answer;
  answer.data = Json::array();
  for (const auto& message : templates(crm)) {
    if (!kind || message.kind == *kind) answer.data.push_back(whole(message));
  }
  return answer;
}

Answer show(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = whole(template_named(crm, args.text("template")));
  return answer;
}

Answer add(Crm& crm, const Args& args) {
  Doing doing(crm);
  MessageTemplate message;
  set_from(message, args);
  message.key = key_from_name(args.has("key") ? args.text("key") : message.name);
  if (message.key.empty()) throw Wrong("key: give one of letters, digits and hyphens", "key");
  for (const auto& other : templates(crm)) {
    if (other.key == message.key) {
      throw Conflict(
          fmt::format("the template '{0}' is there already; `ties template edit {0}` changes it", other.key));
    }
  }
  message.id = crm.store.add(message);
  return doing.done(fmt::format("added the template {} ({})", message.name, message.key), whole(message));
}

Answer edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto message = template_named(crm, args.text("template"));
  set_from(message, args);
  if (message.id) {
    crm.store.update(message);
  } else {
    message.id = crm.store.add(message);
  }
  return doing.done("edited the template " + message.name, whole(message));
}

Answer remove(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto message = template_named(crm, args.text("template"));
  if (is_built_in(message.key)) {
    throw Conflict(
        fmt::format("'{0}' is built in and stays; `ties template reset {0}` takes back what you changed", message.key));
  }
  crm.store.remove(message.id);
  return doing.done(fmt::format("deleted the template {}; `ties undo` brings it back", message.name), whole(message));
}

Answer reset(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto message = template_named(crm, args.text("template"));
  if (!is_built_in(message.key)) {
    throw Conflict(fmt::format(
        "'{0}' is your own: nothing is built in under that key; `ties template delete {0}` deletes it", message.key));
  }
  if (!message.id) throw Conflict(fmt::format("'{}' is as it was built in", message.key));
  crm.store.remove(message.id);
  return doing.done(fmt::format("the template {} is as it was built in; `ties undo` brings yours back", message.name),
                    whole(template_named(crm, message.key)));
}

Answer list_placeholders(Crm&, const Args&) {
  Answer answer;
  answer.data = Json::array();
  for (const auto& one : placeholders()) {
    answer.data.push_back(
        {{"placeholder", fmt::format("{{{}}}", one.name)}, {"means", one.means}, {"example", one.example}});
  }
  return answer;
}

}  // namespace

std::vector<MessageTemplate> templates(Crm& crm) {
  return templates_of(crm.store.all<MessageTemplate>());
}

MessageTemplate template_named(Crm& crm, const std::string& text) {
  auto all = templates(crm);
  std::vector<std::string> keys;
  for (auto& message : all) {
    const bool is_number = message.id && std::to_string(message.id.value) == text;
    if (message.key == text || is_number || text::fold(message.name) == text::fold(text)) return std::move(message);
    keys.push_back(message.key);
  }
  throw NotFound(
      fmt::format("there is no template '{}'{}; `ties template list` shows them", text, did_you_mean(text, keys)));
}

std::vector<Verb> template_verbs() {
  const Arg subject{"subject", Kind::text, "the subject, with placeholders"};
  const Arg text{"text", Kind::text, "the message, with placeholders such as {first_name}"};
  const Arg language{"language", Kind::text, "en, nb, de, …"};
  constexpr std::string_view shown = "key, name, kind, language, subject, built_in:built in, changed";
  return {
      {"template list",
       "GET /templates",
       "messages with places to fill in: the built-in ones and your own",
       "ties template list --kind thanks",
       {{"kind", Kind::choice, "for this purpose alone", Place::option, false, words<DraftKind>()}},
       list,
       false,
       shown,
       "[MessageTemplate]"},
      {"template show",
       "GET /templates/{template}",
       "a template whole",
       "ties template show referral",
       {which},
       show,
       false,
       "",
       "MessageTemplate"},
      {"template placeholders",
       "GET /template-placeholders",
       "what can stand in a template, and what it becomes",
       "ties template placeholders",
       {},
       list_placeholders,
       false,
       "placeholder, means, example",
       "[Placeholder]"},
      {"template add",
       "POST /templates",
       "add a template of your own",
       "ties template add 'After a talk of mine' --kind after_event --text 'Hi {first_name}, thank you for coming to "
       "my talk at {event}.'",
       {{"name", Kind::text, "its name", Place::first},
        {"kind", Kind::choice, "what it is for", Place::option, true, words<DraftKind>()},
        {"text", Kind::text, "the message, with placeholders such as {first_name}", Place::option, true},
        subject,
        {"key", Kind::text, "what commands call it; made of the name when not said"},
        language},
       add,
       true,
       "",
       "MessageTemplate"},
      {"template edit",
       "PATCH /templates/{template}",
       "change a template; of a built-in one yours is used from then on",
       "ties template edit thanks --edit",
       {which,
        {"name", Kind::text, "the new name"},
        {"kind", Kind::choice, "what it is for", Place::option, false, words<DraftKind>()},
        subject,
        text,
        language,
        {"edit",
         Kind::flag,
         "change subject and text in your editor ($VISUAL, $EDITOR)",
         Place::option,
         false,
         {},
         false,
         true}},
       edit,
       true,
       "",
       "MessageTemplate"},
      {"template delete",
       "DELETE /templates/{template}",
       "delete a template of your own",
       "ties template delete after-a-talk-of-mine",
       {which},
       remove,
       true,
       "",
       "MessageTemplate"},
      {"template reset",
       "POST /templates/{template}/reset",
       "take back what you changed of a built-in template",
       "ties template reset thanks",
       {which},
       reset,
       true,
       "",
       "MessageTemplate"},
  };
}

}  // namespace ties
