// SPDX-License-Identifier: MIT
#include "engine/remote/secrets.h"

using namespace Qt::StringLiterals;

namespace gapless {

QString SecretRequest::name() const
{
    QString login = user + u'@' + address;
    if (port != 22)
        login += u':' + QString::number(port);
    switch (what) {
    case What::Password:
        return login;
    case What::Passphrase:
        return u"key:"_s + file;
    case What::Sudo:
        return u"sudo:"_s + login;
    case What::Answer:
        break;
    }
    return {};
}

} // namespace gapless
