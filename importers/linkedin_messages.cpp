#include <fmt/format.h>

#include <algorithm>

#include "crm/text/text.h"
#include "importers/linkedin_parts.h"

namespace ties::importers::linkedin_parts {
namespace {

/// A message to more people than this is with its own sender and recipients only, not with the whole conversation.
constexpr std::size_t participants_max = 20;

bool is_yes(std::string_view flag) {
  const auto lowered = text::lower(flag);
  return lowered == "yes" || lowered == "true" || lowered == "1";
}

/// Profile addresses joined by commas: split where the next one begins, as a name may hold a comma itself.
std::vector<std::string> slugs_in(Reading& reading, std::string_view urls) {
  std::vector<std::string> slugs;
  while (!urls.empty()) {
    auto end = urls.find(',');
    while (end != urls.npos) {
      const auto next =
          urls.substr(urls.find_first_not_of(", ", end) == urls.npos ? urls.size() : urls.find_first_not_of(", ", end));
      if (next.empty() || next.starts_with("http") || next.starts_with("www.") || next.starts_with("linkedin.com"))
        break;
      end = urls.find(',', end + 1);
    }
    auto url = urls.substr(0, end);
    while (url.starts_with(' ') || url.starts_with(',')) url.remove_prefix(1);
    if (const auto& slug = reading.slug_of(url); !slug.empty()) slugs.push_back(slug);
    urls.remove_prefix(end == urls.npos ? urls.size() : end + 1);
  }
  return slugs;
}

/// Names joined by ", ", which names hold as well ("Ines Okafor, Ph.D."): a part of one word belongs to the name before
/// it unless a connection is called so.
std::vector<std::string> names_in(const Reading& reading, std::string_view to) {
  std::vector<std::string> names;
  while (!to.empty()) {
    const auto end = std::min(to.find(", "), to.size());
    const std::string part{to.substr(0, end)};
    const bool is_person = part.find(' ') != part.npos || reading.connected_by_name.contains(part);
    if (names.empty() || is_person) {
      names.push_back(part);
    } else {
      names.back() += ", " + part;
    }
    to.remove_prefix(std::min(end + 2, to.size()));
  }
  return names;
}

struct Conversation {
  std::vector<std::string> slugs{};  ///< of all others in it, up to one more than `participants_max`
  std::unordered_set<std::string_view> seen{};
};
using Conversations = std::unordered_map<std::string_view, Conversation>;

/// The slug with the most votes, if it alone has them; else none.
std::string winner(const std::unordered_map<std::string, int>& votes, int votes_min) {
  std::string best;
  int most = 0;
  bool tied = false;
  for (const auto& [slug, count] : votes) {
    if (count > most) {
      best = slug, most = count, tied = false;
    } else if (count == most) {
      tied = true;
    }
  }
  return tied || most < votes_min ? "" : best;
}

bool is_named(std::string_view name, std::string_view mine) {
  return !mine.empty() && name == mine;
}

/// The user's own profile: as the invitations tell, else the one that sends or receives under the profile's name, else
/// the one that is in nearly every conversation.
std::string owner_of(const Reading& reading) {
  if (auto slug = winner(reading.my_slug_votes, 1); !slug.empty()) return slug;
  std::unordered_map<std::string, int> by_name;
  std::unordered_map<std::string, std::unordered_set<std::string_view>> conversations_of;
  std::unordered_set<std::string_view> conversations;
  for (const auto& message : reading.messages) {
    if (!message.sender.empty() && is_named(message.from, reading.my_name)) ++by_name[message.sender];
    if (message.recipients.size() == 1 && is_named(message.to, reading.my_name)) ++by_name[message.recipients.front()];
    conversations.insert(message.conversation);
    if (!message.sender.empty()) conversations_of[message.sender].insert(message.conversation);
    for (const auto& slug : message.recipients) conversations_of[slug].insert(message.conversation);
  }
  if (auto slug = winner(by_name, 1); !slug.empty()) return slug;
  std::unordered_map<std::string, int> presence;
  for (const auto& [slug, within] : conversations_of) presence[slug] = static_cast<int>(within.size());
  const auto most = static_cast<int>(conversations.size());
  return winner(presence, std::max(2, most * 4 / 5));
}

/// Who the message was exchanged with; empty when nobody is known.
class Participants {
 public:
  Participants(const Reading& reading, const std::string& owner) : reading_(reading), owner_(owner) {
    for (const auto& message : reading.messages) {
      auto& conversation = conversations_[message.conversation];
      add(conversation, message.sender);
      for (const auto& slug : message.recipients) add(conversation, slug);
      if (!message.sender.empty() && !is_nobody(message.from)) names_.emplace(message.sender, message.from);
      if (message.recipients.size() == 1 && !is_nobody(message.to)) {
        names_.emplace(message.recipients.front(), message.to);
      }
    }
    for (const auto& message : reading.messages) {
      if (message.recipients.size() > 1) name_recipients(message);
    }
  }

  /// As messages call them; empty when none does.
  std::string name_of(const std::string& slug) const {
    const auto name = names_.find(slug);
    return name == names_.end() ? "" : name->second;
  }

  std::vector<PersonKey> of(const Message& message, Direction direction) const {
    std::vector<PersonKey> result;
    const auto& conversation = conversations_.at(message.conversation);
    if (conversation.slugs.size() <= participants_max) {
      for (const auto& slug : conversation.slugs) result.push_back(key(slug));
    } else {
      if (!message.sender.empty() && message.sender != owner_) result.push_back(key(message.sender));
      for (const auto& slug : message.recipients) {
        if (slug != owner_ && slug != message.sender) result.push_back(key(slug));
      }
    }
    if (!result.empty()) return result;
    // No profile in the whole conversation. A name is enough where the file has no column of profiles for that side;
    // where it has one, its being empty means that the member left or is none, so only a connection counts.
    const bool in = direction == Direction::in;
    const bool told = in ? message.tells_senders : message.tells_recipients;
    for (auto& name : in ? std::vector{message.from} : names_in(reading_, message.to)) {
      if (is_nobody(name) || name == reading_.my_name) continue;
      auto known = reading_.key_of("", std::move(name));
      if (!told || !known.linkedin.empty() || reading_.connected_by_name.contains(known.name)) {
        result.push_back(std::move(known));
      }
      if (result.size() == participants_max) break;
    }
    return result;
  }

 private:
  void add(Conversation& conversation, const std::string& slug) const {
    if (slug.empty() || slug == owner_ || conversation.slugs.size() > participants_max) return;
    if (conversation.seen.insert(slug).second) conversation.slugs.push_back(slug);
  }

  /// Names and profiles of many recipients stand in one order, but a comma within a name would shift them: they are
  /// believed when as many names as profiles are found, and a profile whose name is known stands beside that name.
  void name_recipients(const Message& message) {
    const auto names = names_in(reading_, message.to);
    if (names.size() != message.recipients.size()) return;
    bool confirmed = false;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto known = names_.find(message.recipients[i]);
      if (known == names_.end()) continue;
      if (known->second != names[i]) return;
      confirmed = true;
    }
    if (!confirmed) return;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!is_nobody(names[i])) names_.emplace(message.recipients[i], names[i]);
    }
  }

  PersonKey key(const std::string& slug) const { return reading_.key_of(slug, name_of(slug)); }

  const Reading& reading_;
  const std::string& owner_;
  Conversations conversations_{};
  std::unordered_map<std::string, std::string> names_{};
};

std::string text_of(const Message& message) {
  std::string text;
  if (!message.subject.empty() && !message.text.starts_with(message.subject)) text = message.subject;
  const auto add = [&text](std::string_view more) {
    if (!more.empty()) text += (text.empty() ? "" : "\n\n") + std::string{more};
  };
  add(message.text);
  if (message.attachments == 1) add("[attachment]");
  if (message.attachments > 1) add(fmt::format("[{} attachments]", message.attachments));
  return text;
}

FoundInteraction found_message(const Message& message, Direction direction, std::vector<PersonKey> with) {
  FoundInteraction found;
  found.interaction.kind = InteractionKind::message;
  found.interaction.direction = direction;
  found.interaction.channel = "linkedin";
  found.interaction.when = message.when;
  found.with = std::move(with);
  found.file = message.file;
  found.line = message.line;
  return found;
}

}  // namespace

void read_messages(Reading& reading) {
  const bool tells_senders = reading.has("Sender Profile URL");
  const bool tells_recipients = reading.has("Recipient Profile URLs");
  const bool tells_direction = reading.has("Direction");
  while (reading.next()) {
    if (is_yes(reading.cell("Is Message Draft")) || is_yes(reading.cell("Is Conversation Draft"))) {
      reading.skip("draft");
      continue;
    }
    if (text::lower(reading.cell("Folder")) == "spam") {
      reading.skip("spam");
      continue;
    }
    Message message;
    message.sender = reading.slug_of(reading.cell("Sender Profile URL"));
    const auto content = reading.cell("Content");
    const bool is_advertisement =
        content.find("spinmail-quill-editor") != content.npos || content.find("%FIRSTNAME%") != content.npos;
    if (tells_senders && message.sender.empty() && is_advertisement) {
      reading.skip("sponsored");
      continue;
    }
    const auto when = reading.moment("Date", tells_senders ? stamp_shapes : wall_shapes);
    if (!when) {
      reading.skip("no date");
      continue;
    }
    if (reading.is_too_old(when->day, reading.file())) continue;
    message.file = reading.file();
    message.line = reading.line();
    message.when = *when;
    message.tells_senders = tells_senders;
    message.tells_recipients = tells_recipients;
    message.from = text::clean_line(reading.cell("From"), 300);
    message.to = text::clean_line(reading.cell("To"), 20'000);
    message.subject = text::clean_line(text::from_html(reading.cell("Subject")), 300);
    message.text = reading.prose("Content");
    message.recipients = slugs_in(reading, reading.cell("Recipient Profile URLs"));
    const auto attachments = reading.cell("Attachments");
    if (!attachments.empty()) {
      message.attachments = 1 + static_cast<int>(std::count(attachments.begin(), attachments.end(), ','));
    }
    if (tells_direction) {
      const auto direction = text::lower(reading.cell("Direction"));
      if (direction == "outgoing") message.direction = Direction::out;
      if (direction == "incoming") message.direction = Direction::in;
    }
    message.conversation = text::clean_line(reading.cell("Conversation ID"), 300);
    if (message.conversation.empty()) {  // 2018: one conversation for each other side
      message.conversation = message.direction == Direction::out ? message.to : message.from;
    }
    reading.messages.push_back(std::move(message));
  }
}

void finish_messages(Reading& reading) {
  auto& batch = reading.batch;
  const auto owner = owner_of(reading);
  const Participants participants(reading, owner);
  if (!owner.empty()) {
    reading.add_my_point(PointKind::linkedin, owner);
    if (reading.my_name.empty()) set_name(reading.me().contact, person_name(participants.name_of(owner)));
  }
  std::unordered_map<std::string, std::size_t> days;  // the key of a conversation's day → its summary's place in the batch
  std::unordered_set<int> files_without_owner;
  for (const auto& message : reading.messages) {
    const bool by_profile = !owner.empty() && !message.sender.empty();
    const bool mine = by_profile ? message.sender == owner : is_named(message.from, reading.my_name);
    if (!message.direction && owner.empty() && reading.my_name.empty()) {
      if (files_without_owner.insert(message.file).second) {
        batch.issues.push_back(
            {batch.files[static_cast<std::size_t>(message.file)].file, 0, 0,
             "which of the writers is you cannot be told, messages left out; import the whole archive, "
             "or this file together with Profile.csv or Invitations.csv"});
      }
      reading.skip(message.file, "writer unknown");
      continue;
    }
    const auto direction = message.direction.value_or(mine ? Direction::out : Direction::in);
    const auto& sender = message.sender.empty() ? message.from : message.sender;
    const auto day = to_text(message.when.day);
    const auto day_key = "linkedin:message:" + text::hash_of({message.conversation, day});
    const auto key = day_key + "/" + text::hash_of({to_text(message.when), sender, message.text});
    if (!reading.seen_keys.insert(key).second) {
      reading.skip(message.file, "repeated");
      continue;
    }
    auto with = participants.of(message, direction);
    if (with.empty()) {
      const auto& other = direction == Direction::out ? message.to : message.from;
      reading.skip(message.file, is_nobody(other) ? "deleted member" : "no profile");
      continue;
    }
    if (!reading.options.summary) {
      auto& found = batch.interactions.emplace_back(found_message(message, direction, std::move(with)));
      found.interaction.text = text_of(message);
      found.interaction.source_key = key;
      continue;
    }
    const auto [at, is_new] = days.try_emplace(day_key, batch.interactions.size());
    if (is_new) {
      auto& found = batch.interactions.emplace_back(found_message(message, direction, std::move(with)));
      found.interaction.when = Moment{message.when.day, {}, ""};
      found.interaction.source_key = day_key;
      continue;
    }
    auto& summary = batch.interactions[at->second].interaction;
    ++summary.count;
    if (summary.direction != direction) summary.direction = Direction::none;
  }
}

}  // namespace ties::importers::linkedin_parts
