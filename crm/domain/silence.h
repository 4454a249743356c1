#pragma once
#include "crm/domain/date.h"

/// When silence is more than a pause.
namespace ties {

/// The median of the gaps between days in touch, which come each once, oldest first; none: fewer than three such days.
std::optional<int> usual_gap(const std::vector<Date>& days);

/// The longest silence that says nothing: twice the usual gap, and `days_min` at least. Of those who were in touch
/// every other day, two weeks are no silence.
int usual_silence_days(int usual_days, int days_min);

}  // namespace ties
