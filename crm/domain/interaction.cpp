#include "crm/domain/interaction.h"

namespace ties {

bool is_real(InteractionKind kind) {
  return kind != InteractionKind::comment && kind != InteractionKind::endorsement &&
         kind != InteractionKind::invitation;
}

}  // namespace ties
