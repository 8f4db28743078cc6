// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>

namespace gapless {

/// A listener of its own that leads to servers which the site's upstream does not route to.
struct PreviewBlock {
    QByteArray listen; ///< as nginx writes it
    QList<QByteArray> servers; ///< addresses as nginx writes them
    QByteArray scheme = "http"; ///< what the servers speak
    QByteArray run; ///< who made it, for whoever reads the file
};

/// The same bytes with a `server` block and an upstream of ours right behind `upstream`: where that
/// stands, a `server` block may stand. One that was there is replaced. Errors: those of
/// findUpstream.
QByteArray withPreview(const QByteArray& bytes, const QByteArray& upstream,
    const PreviewBlock& preview, const QString& file = {});

/// The same bytes without what withPreview put there; unchanged where there is none.
QByteArray withoutPreview(const QByteArray& bytes);

} // namespace gapless
