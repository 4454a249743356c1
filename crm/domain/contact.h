#pragma once
#include "crm/domain/date.h"
#include "crm/domain/id.h"
#include "crm/domain/words.h"

namespace ties {

// Every record lists its fields once, by the name that they have in the file and in JSON. The store, the wire and the
// exports all follow that one list; `id` is not part of it.

struct Company;
struct Event;

/// A person. The user is one too (`me`), so that own employments, schools and addresses need no second home.
struct Contact {
  static constexpr std::string_view noun = "contact";

  Id<Contact> id{};
  std::string display{};  ///< as shown; never empty
  std::string given{};
  std::string family{};  ///< without suffix
  std::string nickname{};
  std::string suffix{};    ///< "PhD", "Jr", as written
  std::string headline{};
  std::string location{};
  std::string pronouns{};
  std::string notes{};         ///< Markdown
  std::string private_note{};  ///< leaves by no export, feed or token without the scope
  std::optional<Date> met_on{};
  std::optional<Id<Event>> met_event{};
  std::string met_place{};
  std::optional<Id<Contact>> met_through{};
  std::optional<Date> connected_on{};  ///< the day of the online connection, as its network says
  std::optional<int> cadence_days{};   ///< own cadence; else that of a circle
  bool starred{};
  bool archived{};
  bool me{};
  std::optional<Date> deleted_on{};  ///< in the trash since
  std::string source{};              ///< who said so first: "hand", "linkedin", "notes"
  std::string folded{};              ///< display and nickname as names are compared; the store fills it in

  bool operator==(const Contact&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("display", r.display), f("given", r.given), f("family", r.family), f("nickname", r.nickname);
    f("suffix", r.suffix), f("headline", r.headline), f("location", r.location), f("pronouns", r.pronouns);
    f("notes", r.notes), f("private_note", r.private_note), f("met_on", r.met_on), f("met_event", r.met_event);
    f("met_place", r.met_place), f("met_through", r.met_through), f("connected_on", r.connected_on);
    f("cadence_days", r.cadence_days), f("starred", r.starred), f("archived", r.archived), f("me", r.me);
    f("deleted_on", r.deleted_on), f("source", r.source), f("folded", r.folded);
  }
};

enum class PointKind { email, phone, linkedin, github, gitlab, website, handle, uid };
template <>
struct Words<PointKind> {
  static constexpr std::array all{"email"sv, "phone"sv, "linkedin"sv, "github"sv, "gitlab"sv, "website"sv, "handle"sv,
                                  "uid"sv};
};

/// A typed, normalised address of a contact. Email, phone, LinkedIn slug and logins are also what a person is found by, and
/// so is a `uid`: no address, but the lasting name that another program gave them.
struct ContactPoint {
  static constexpr std::string_view noun = "contact_point";

  Id<ContactPoint> id{};
  Id<Contact> contact{};
  PointKind kind{};
  std::string value{};  ///< normalised: see `normalised`
  std::string label{};  ///< "work", "home", or the network of a handle
  bool primary{};
  std::string source{};
  std::optional<Date> seen_on{};  ///< when the source said so

  bool operator==(const ContactPoint&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("contact", r.contact), f("kind", r.kind), f("value", r.value), f("label", r.label), f("primary", r.primary);
    f("source", r.source), f("seen_on", r.seen_on);
  }
};

/// The form by which two writings of one address are equal; nothing when the text is no such address.
/// email: lower case, no "mailto:", no blanks. phone: E.164, read in `region` (ISO 3166, "DE") when it has no country
/// code. linkedin: the slug of a profile's address ("https://www.linkedin.com/in/Zo%C3%AB/?x" → "zoë"), NFC, lower case;
/// a bare slug passes. github, gitlab: the login, lower case, also out of an address or "@login". website: without
/// scheme, "www." and closing slash, host in lower case. handle, uid: trimmed.
std::optional<std::string> normalised(PointKind kind, std::string_view written, std::string_view region = "");

/// Whether two contacts that both have this address are one person, without asking the user: a profile, a login, a
/// source's own number, and an email address that one person reads. Not a phone, which families and offices share, nor a
/// mailbox of a role ("info@acme.example").
bool identifies(PointKind kind, std::string_view value);

/// Whether the address belongs to a role or a department and not to a person: info@, sales@, no-reply@, in several
/// languages.
bool is_role_mailbox(std::string_view email);

/// The address as a link to open: "https://www.linkedin.com/in/…", "mailto:…", "tel:…"; empty where there is none.
std::string link_to(PointKind kind, std::string_view value);

/// Another name of the same person: in another script, before a marriage, as a source wrote it.
struct ContactName {
  static constexpr std::string_view noun = "contact_name";

  Id<ContactName> id{};
  Id<Contact> contact{};
  std::string name{};
  std::string source{};  ///< who said so: "hand", "linkedin"
  std::string folded{};  ///< as names are compared; the store fills it in

  bool operator==(const ContactName&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("contact", r.contact), f("name", r.name), f("source", r.source), f("folded", r.folded);
  }
};

/// A record that was merged into this contact. Its number goes on to mean the person, and the source that made it finds
/// the person under its name.
struct ContactFormer {
  static constexpr std::string_view noun = "contact_former";

  Id<ContactFormer> id{};
  Id<Contact> contact{};
  std::int64_t number{};
  std::string name{};
  std::string source{};
  std::string folded{};  ///< the store fills it in

  bool operator==(const ContactFormer&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("contact", r.contact), f("number", r.number), f("name", r.name), f("source", r.source), f("folded", r.folded);
  }
};

/// The user said that these two are not one person. The lower number stands first.
struct ContactDistinct {
  static constexpr std::string_view noun = "contact_distinct";

  Id<ContactDistinct> id{};
  Id<Contact> contact{};
  Id<Contact> other{};

  bool operator==(const ContactDistinct&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("contact", r.contact), f("other", r.other);
  }
};

/// What a source told of a contact and no field holds: an unknown column of a table, a property of a card.
struct ContactExtra {
  static constexpr std::string_view noun = "contact_extra";

  Id<ContactExtra> id{};
  Id<Contact> contact{};
  std::string source{};
  std::string name{};
  std::string value{};

  bool operator==(const ContactExtra&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("contact", r.contact), f("source", r.source), f("name", r.name), f("value", r.value);
  }
};

/// A label on contacts. One that carries a cadence is a circle: its contacts are due after so many days.
struct Tag {
  static constexpr std::string_view noun = "tag";

  Id<Tag> id{};
  std::string name{};
  std::optional<int> cadence_days{};

  bool operator==(const Tag&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("name", r.name), f("cadence_days", r.cadence_days);
  }
};

struct ContactTag {
  static constexpr std::string_view noun = "contact_tag";

  Id<ContactTag> id{};
  Id<Contact> contact{};
  Id<Tag> tag{};

  bool operator==(const ContactTag&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("contact", r.contact), f("tag", r.tag);
  }
};

/// Contact × company × title × time. An import adds rows and never overwrites one: that is how a job change is seen.
struct Employment {
  static constexpr std::string_view noun = "employment";

  Id<Employment> id{};
  Id<Contact> contact{};
  std::optional<Id<Company>> company{};
  std::string title{};
  std::string started{};  ///< partial date, or empty: unknown
  std::string ended{};    ///< partial date, or empty: goes on, as far as is known
  std::optional<Date> as_of{};  ///< the latest day on which a source said so
  std::string source{};

  bool operator==(const Employment&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("contact", r.contact), f("company", r.company), f("title", r.title), f("started", r.started);
    f("ended", r.ended), f("as_of", r.as_of), f("source", r.source);
  }
};

/// A school attended, of the user's own or a contact's.
struct Education {
  static constexpr std::string_view noun = "education";

  Id<Education> id{};
  Id<Contact> contact{};
  std::string school{};
  std::string degree{};
  std::string started{};  ///< partial date or empty
  std::string ended{};
  std::string source{};

  bool operator==(const Education&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("contact", r.contact), f("school", r.school), f("degree", r.degree), f("started", r.started);
    f("ended", r.ended), f("source", r.source);
  }
};

/// A change of company that a newer export showed. Kept, so that it can be congratulated and reported later.
struct JobChange {
  static constexpr std::string_view noun = "job_change";

  Id<JobChange> id{};
  Id<Contact> contact{};
  std::optional<Id<Employment>> before{};
  Id<Employment> after{};
  Date seen_on{};  ///< the day of the export that showed it
  bool same_company{};  ///< a new title at the old company

  bool operator==(const JobChange&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("contact", r.contact), f("before", r.before), f("after", r.after), f("seen_on", r.seen_on);
    f("same_company", r.same_company);
  }
};

/// A person's name taken apart.
struct PersonName {
  std::string display{}, given{}, family{}, nickname{}, suffix{};

  bool operator==(const PersonName&) const = default;
};

/// Splits what follows a comma or is a known credential ("PhD", "MBA", "Jr", "P.E.") off the family name as a suffix,
/// takes a nickname out of quotes or brackets ("Robert (Bob) Smith"), removes emoji, direction marks and zero-width
/// characters, and folds runs of blanks. Names in any script pass unharmed; display is given and family as they read, of
/// Chinese, Japanese and Korean names the family's first and without a blank.
PersonName person_name(std::string_view given, std::string_view family);

/// The same for a name in one piece: "Ada Lovelace", "Lovelace, Ada", "Ludwig van Beethoven", "王小明", "Dr. Ada Lovelace, PhD".
PersonName person_name(std::string_view whole);

/// The folded forms under which a contact of this name may be kept: names of East Asia are also written given name first
/// ("若溪 林" for 林若溪).
std::vector<std::string> folded_names(std::string_view name);

/// What `contact list` was asked for: "compilers tag:alumni company:\"Acme Labs\" last:>90d has:email -tag:recruiter".
/// Every condition must hold.
struct ContactQuery {
  struct Condition {
    enum class What { word, tag, company, event, source, last, has, is, id } what{};
    std::string value{};  ///< word, or name as written
    bool negated{};
    bool longer{};  ///< last: more (">") or less ("<") than `days` ago
    int days{};     ///< last: also "never", as -1
    std::vector<std::int64_t> ids{};  ///< id:3,7

    bool operator==(const Condition&) const = default;
  };
  std::vector<Condition> conditions{};
};

/// Throws Wrong with the place and the nearest right word when a key, a value or a number is not understood.
/// has: email phone linkedin github note cadence company. is: starred archived deleted. last: >90d <2w >3m >1y never.
ContactQuery contact_query(std::string_view text);

}  // namespace ties
