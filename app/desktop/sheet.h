// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;

namespace gapless {

/// A label that wraps and can be selected with mouse and keyboard; plain text.
QLabel* textLabel(const QString& text, QWidget* parent = nullptr);
/// The same, larger: a sheet's first line.
QLabel* headingLabel(const QString& text, QWidget* parent = nullptr);
/// A fixed-width text of several lines, to be read and copied.
QPlainTextEdit* codeView(const QString& accessibleName, QWidget* parent = nullptr);

/// The widget in an area that scrolls where there is less room than it needs: with large text, on a small screen. Takes
/// it over.
QScrollArea* scrolled(QWidget* widget);

/// What failed, what to do about it, and what the host itself said; empties the label where there is
/// nothing.
QString errorHtml(const Error& error);

/// Says an error in a dialog of its own. A changed host key gets both fingerprints beneath each
/// other and no way to accept it.
QDialog* showError(QWidget* parent, const Error& error);

/// Copies to the clipboard, and says so in the button for a moment.
void copyText(const QString& text, QPushButton* button = nullptr);

} // namespace gapless
