// SPDX-License-Identifier: MIT
#include "app/models/protection.h"

namespace gapless {

Demand demandOf(const Target& target, bool previous)
{
    switch (target.protection) {
    case Protection::Open:
        // A rollback is one confirmation, whatever the target says.
        return {.confirm = previous};
    case Protection::Confirm:
        return {.confirm = true};
    case Protection::TypeName:
        return previous ? Demand {.confirm = true} : Demand {.typeName = true, .reason = true};
    case Protection::ReadOnly:
        return {.forbidden = true};
    }
    return {.forbidden = true};
}

bool isNameOf(const Target& target, const QString& typed)
{
    return typed.normalized(QString::NormalizationForm_C)
        == target.name.normalized(QString::NormalizationForm_C);
}

bool isBuilt(Strategy)
{
    return true;
}

} // namespace gapless
