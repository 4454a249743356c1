#pragma once
#include "crm/domain/plan.h"
#include "reports/document.h"

namespace ties::reports {

/// The plan of a week: a section a working day, also when it is empty, then what the time goes to, and what was left
/// out and why, 30 at most. Columns of a day: due (the day on which to do it) minutes who what why kind settle subject
/// needed_by, contact contact_id company company_id task_id application_id interview_id referral_id; of what was left
/// out the same without due, with left_out. Facts from, to, minutes, minutes_planned.
Document plan(const Plan& plan);

}  // namespace ties::reports
