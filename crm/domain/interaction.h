#pragma once
#include "crm/domain/contact.h"

namespace ties {

enum class InteractionKind {
  met, chat, message, email, call, video, coffee, talk, comment, introduction, endorsement, recommendation, invitation
};
template <>
struct Words<InteractionKind> {
  static constexpr std::array all{"met"sv, "chat"sv, "message"sv, "email"sv, "call"sv, "video"sv, "coffee"sv, "talk"sv,
                                  "comment"sv, "introduction"sv, "endorsement"sv, "recommendation"sv, "invitation"sv};
};

/// Who started: `in` is towards the user. Talks between both have none.
enum class Direction { none, in, out };
template <>
struct Words<Direction> {
  static constexpr std::array all{"none"sv, "in"sv, "out"sv};
};

/// Something that happened between the user and one or more contacts.
struct Interaction {
  static constexpr std::string_view noun = "interaction";

  Id<Interaction> id{};
  InteractionKind kind{};
  Moment when{};
  Direction direction{};
  std::string channel{};  ///< "linkedin", "signal", "in person"; empty: not said
  std::string text{};     ///< Markdown, as the user wrote it
  std::optional<Id<Event>> event{};
  int count{1};        ///< how many messages a summary stands for
  bool awaits{};       ///< an invitation that was sent and not answered, as the latest export shows
  bool confidential{};  ///< marked private by the user
  std::optional<std::string> source_key{};  ///< by which an importer finds it again

  bool operator==(const Interaction&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("kind", r.kind), f("at", r.when), f("direction", r.direction), f("channel", r.channel), f("text", r.text);
    f("event", r.event), f("count", r.count), f("awaits", r.awaits), f("confidential", r.confidential);
    f("source_key", r.source_key);
  }
};

struct InteractionContact {
  static constexpr std::string_view noun = "interaction_contact";

  Id<InteractionContact> id{};
  Id<Contact> contact{};
  Id<Interaction> interaction{};

  bool operator==(const InteractionContact&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("contact", r.contact), f("interaction", r.interaction);
  }
};

/// Whether it counts as being in touch: an invitation, an endorsement or a comment restarts no cadence.
bool is_real(InteractionKind kind);

enum class FavourDirection { given, received };
template <>
struct Words<FavourDirection> {
  static constexpr std::array all{"given"sv, "received"sv};
};

/// Help given or received: the ledger of reciprocity.
struct Favour {
  static constexpr std::string_view noun = "favour";

  Id<Favour> id{};
  Id<Contact> contact{};
  FavourDirection direction{};
  std::string text{};
  Date on{};

  bool operator==(const Favour&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("contact", r.contact), f("direction", r.direction), f("text", r.text), f("on", r.on);
  }
};

}  // namespace ties
