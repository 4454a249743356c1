#include "crm/domain/template.h"

#include <algorithm>

#include "crm/text/text.h"

namespace ties {
namespace {

MessageTemplate built_in(DraftKind kind, std::string name, std::string subject, std::string text) {
  MessageTemplate made;
  made.key = word(kind);
  std::replace(made.key.begin(), made.key.end(), '_', '-');
  made.kind = kind, made.name = std::move(name), made.language = "en";
  made.subject = std::move(subject), made.text = std::move(text);
  return made;
}

}  // namespace

const std::vector<MessageTemplate>& built_in_templates() {
  static const std::vector<MessageTemplate> table{
      built_in(DraftKind::after_event, "After an event", "Good to meet you at {event}",
               "Hi {first_name},\n\n"
               "it was good to meet you at {event}. I have thought about what you told me, and would like to stay in "
               "touch.\n\n"
               "If it is of use to you, this is what I work on: {work_link}\n"
               "And if I can help with anything, tell me.\n\n"
               "{my_first_name}"),
      built_in(DraftKind::hello, "Staying in touch", "Hello again",
               "Hi {first_name},\n\n"
               "we last talked on {last_talk}, and I wondered how things are going at {their_company}.\n\n"
               "Is there anything that I could help with?\n\n"
               "{my_first_name}"),
      built_in(DraftKind::advice, "Asking for advice", "A question about {company}",
               "Hi {first_name},\n\n"
               "I would like to apply at {company} in some months, and would be glad of your advice: what would you "
               "learn or "
               "build first, and which teams would you look at?\n\n"
               "This is my latest work, so that you know where I stand: {work_link}\n\n"
               "Fifteen minutes are plenty, and a few lines are too.\n\n"
               "{my_first_name}"),
      built_in(DraftKind::introduction, "Asking for an introduction", "Whom should I talk to at {company}?",
               "Hi {first_name},\n\n"
               "I would like to learn more about {company}. Is there somebody whom you would introduce me to? If not, "
               "that is "
               "fine.\n\n"
               "Two lines that you can pass on: I am {my_name}, and this is what I work on: {work_link}\n\n"
               "{my_first_name}"),
      built_in(DraftKind::referral, "Asking for a referral", "{role} at {company}",
               "Hi {first_name},\n\n"
               "I am going to apply for {role} at {company}. So that you can judge, this is my work: {work_link}\n\n"
               "Would you feel well about referring me? If you would rather not, I understand, and nothing changes between us.\n\n"
               "I have not applied yet, and send you my CV and all that the form asks for.\n\n"
               "{my_first_name}"),
      built_in(DraftKind::nudge, "A nudge", "{role} at {company}",
               "Hi {first_name},\n\n"
               "I asked you on {asked_on} about {role} at {company}, and you surely have a lot to do. Does it still "
               "suit you? A "
               "no is fine too: then I ask elsewhere.\n\n"
               "{my_first_name}"),
      built_in(DraftKind::promise, "Keeping a promise", "What I promised you",
               "Hi {first_name},\n\n"
               "as promised: {promise}\n\n"
               "Tell me if it is not what you need.\n\n"
               "{my_first_name}"),
      built_in(
          DraftKind::thanks, "Thanks", "Thank you",
          "Hi {first_name},\n\n"
          "thank you for your help with {role} at {company}. It means a lot to me, and I will tell you how it goes.\n\n"
          "If I can do something for you, I will gladly do it.\n\n"
          "{my_first_name}"),
      built_in(DraftKind::outcome, "Telling the outcome", "How it went at {company}",
               "Hi {first_name},\n\n"
               "you helped me with {role} at {company}, so you should be among the first to know: {outcome}.\n\n"
               "Thank you for standing up for me. I will not forget it.\n\n"
               "{my_first_name}"),
      built_in(DraftKind::congratulation, "Congratulation", "Congratulations",
               "Hi {first_name},\n\n"
               "I saw that you are {new_title} at {new_company} now: congratulations! What will you work on?\n\n"
               "{my_first_name}"),
  };
  return table;
}

std::vector<MessageTemplate> templates_of(const std::vector<MessageTemplate>& kept) {
  auto all = built_in_templates();
  const auto built_in_count = static_cast<std::ptrdiff_t>(all.size());
  for (const auto& one : kept) {
    const auto built_in = std::find_if(all.begin(), all.begin() + built_in_count,
                                       [&](const auto& other) { return other.key == one.key; });
    if (built_in != all.begin() + built_in_count) {
      *built_in = one;
    } else {
      all.push_back(one);
    }
  }
  std::stable_sort(all.begin() + built_in_count, all.end(),
                   [](const auto& a, const auto& b) { return text::compare(a.name, b.name) < 0; });
  return all;
}

}  // namespace ties
