#include "crm/domain/referral.h"

#include <algorithm>

namespace ties {

namespace {

using enum ReferralState;

constexpr std::array main_line{idea, to_approach, asked, agreed, sent_materials, submitted, confirmed, credited};
constexpr std::array answers{needs_more, introduced, declined, no_answer};
constexpr std::array early_ends{withdrawn, role_closed, expired, blocked};

template <std::size_t Size>
bool holds(const std::array<ReferralState, Size>& states, ReferralState state) {
  return std::find(states.begin(), states.end(), state) != states.end();
}

}  // namespace

bool is_open(ReferralState state) {
  return state == needs_more || (holds(main_line, state) && state != credited);
}

bool is_open_ask(ReferralState state) {
  return state == asked || state == needs_more || state == agreed || state == sent_materials;
}

bool is_handed_in(ReferralState state) {
  return state == submitted || state == confirmed || state == credited;
}

std::vector<ReferralState> next_states(ReferralState from) {
  if (from == expired) return {asked, agreed, sent_materials, submitted};
  if (from == no_answer) return {agreed, needs_more, introduced, declined, submitted};
  if (!is_open(from)) return {};

  std::vector<ReferralState> next;
  if (from == needs_more) {
    next = {sent_materials, agreed, submitted, confirmed, credited};
  } else {
    next.assign(std::find(main_line.begin(), main_line.end(), from) + 1, main_line.end());
  }
  if (is_open_ask(from)) {
    std::copy_if(answers.begin(), answers.end(), std::back_inserter(next),
                 [from](ReferralState answer) { return answer != from; });
  }
  next.insert(next.end(), early_ends.begin(), early_ends.end());
  return next;
}

}  // namespace ties
