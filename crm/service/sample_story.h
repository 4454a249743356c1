#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "crm/domain/application.h"
#include "crm/domain/contribution.h"
#include "crm/domain/interaction.h"
#include "crm/domain/referral.h"
#include "crm/domain/suggestion.h"
#include "crm/domain/task.h"
#include "crm/domain/view.h"

/// An invented job search, as tables: what `ties sample load` brings into the file. Every name is made up, every
/// address ends in
/// ".example". Days count from today, before it with a minus, so that what is due stays due; months count back
/// likewise. Things name each other by their texts: a person by the name, an application by its title.
namespace ties::sample {

using Text = std::string_view;
using Texts = std::vector<Text>;

struct Company {
  Text name;
  bool target;
  Text domain, organisation, notes;
};

struct Circle {
  Text name;
  std::optional<int> cadence_days{};
};

struct Event {
  Text name, place;
  int begins, ends;
  Text notes;
};

struct Person {
  Text name, company, title;
  int months_there;  ///< at that company, in that job
  Text location;
  Texts tags{};
  Text email{}, github{};
  Text notes{};
  Text event{};    ///< where we met
  Text through{};  ///< who introduced us
  std::optional<int> cadence_days{};
  bool starred{};
};

/// A job that somebody had before the present one, which began where this one ended.
struct FormerJob {
  Text person, company, title;
  int began_months_ago;
  std::optional<int> change_seen{};  ///< the day on which the change of jobs was seen; none: long known
};

struct Talk {
  int day;
  InteractionKind kind;
  Texts with;
  Text text;
  Direction direction{};
  Text channel{};
  Text event{};
  bool awaits{};
  bool confidential{};
};

struct Promise {
  Text person, text;
  int made, due;
  OwedBy owed_by;
};

struct Favour {
  int day;
  Text person;
  FavourDirection direction;
  Text text;
};

struct Contribution {
  ContributionKind kind;
  Text title, repository, company, link;
  ContributionState state;
  int opened;
  std::optional<int> closed{};
  std::vector<std::pair<Text, ContributionPart>> people{};
};

struct Stop {  ///< on the way through the pipeline
  int day;
  StageKind stage;
  Text note{};
};

struct Round {
  int day, hour;
  int minutes;
  Text kind;
  Texts with;
  InterviewOutcome outcome;
  Text place{}, preparation{}, notes{};
  bool thanked{};
};

struct Application {
  Text title, company;
  ApplicationSource source;
  std::vector<Stop> way;
  Outcome outcome{};
  std::optional<int> ended{};
  int priority{};
  std::optional<int> deadline{};
  Text team{}, location{}, pay_asked{}, pay_advertised{}, pay_offered{};
  Text notes{};
  std::vector<std::pair<Text, ApplicationPart>> people{};
  std::vector<Round> rounds{};
  Text rerouted_from{};
};

struct ReferralStop {
  int day;
  ReferralState state;
  Text note{};
};

struct Referral {
  Text referrer, company, role, application;
  std::vector<ReferralStop> way;
  Text asked_via{}, method{};
  Text introducer{};
  std::optional<int> thanked{}, told{}, expires{};
};

struct Task {
  Text text;
  std::optional<int> due{};
  int made{};
  Text person{}, company{}, event{}, application{};
  std::optional<int> repeat_days{};
  std::optional<int> ended{};
};

struct Document {
  int day;
  Text kind, title, location, application;
};

struct Suggestion {
  SuggestionKind kind;
  Text company, application, evidence;
  int day;
};

struct View {
  ViewPage page;
  Text name, query;
  bool standard{};
};

const std::vector<Company>& companies();
const std::vector<Circle>& circles();
const std::vector<Event>& events();
const std::vector<Person>& people();
const std::vector<FormerJob>& former_jobs();
const std::vector<FormerJob>& own_jobs();  ///< of the user; the last one goes on
const std::vector<Talk>& talks();
const std::vector<Promise>& promises();
const std::vector<Favour>& favours();
const std::vector<Contribution>& contributions();
const std::vector<Application>& applications();
const std::vector<Referral>& referrals();
const std::vector<Task>& tasks();
const std::vector<Document>& documents();
const std::vector<Suggestion>& suggestions();
const std::vector<View>& views();

}  // namespace ties::sample
