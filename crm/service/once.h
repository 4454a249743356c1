#pragma once
#include "crm/service/verb.h"

/// Writes that carry a key of their own (Idempotency-Key) are done once, however often they are sent.
namespace ties {

struct OnceAnswer {
  Json answer{};    ///< what the work gave
  bool repeated{};  ///< it was done before, and this is what was answered then
};

/// Does the work unless the key is known. Known with the same request, it gives the answer of then, or
/// {"said", "change": null, "remarks": [], "overridden": [], "data": null} where that was not kept. Throws KeyReused
/// for the key of another request.
///
/// The key is remembered in the transaction of the work's own change (`Crm::before_commit`), so that either both are
/// kept or none is. Work that makes no change of the journal (erasing a contact, tokens, settings of the service) is
/// remembered right after it: stopped between the two, it may be asked for again, and then finds itself done. Work that
/// throws, and a dry run, are not remembered.
///
/// `request`: a hash of what is asked, and by whom. `keeps_answer`: no, where the answer is a secret that is shown
/// once. Keys are forgotten after 30 days, and all of them when a contact is erased.
OnceAnswer once(Crm& crm, const std::string& key, const std::string& request, const std::function<Json(Crm&)>& work,
                bool keeps_answer = true);

}  // namespace ties
