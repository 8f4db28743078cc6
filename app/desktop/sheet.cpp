// SPDX-License-Identifier: MIT
#include "app/desktop/sheet.h"

#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Sheets {
    Q_DECLARE_TR_FUNCTIONS(Sheets)
};

QWidget* fingerprints(const Error& error, QWidget* parent)
{
    auto* place = new QWidget(parent);
    auto* grid = new QGridLayout(place);
    grid->setContentsMargins(0, 0, 0, 0);
    const auto row = [&](int index, const QString& name, const QString& fingerprint) {
        auto* value = textLabel(fingerprint, place);
        value->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        value->setAccessibleName(name);
        grid->addWidget(new QLabel(name, place), index, 0, Qt::AlignTop);
        grid->addWidget(value, index, 1);
    };
    row(0, Sheets::tr("Known so far:"), error.facts[u"expected"_s].toString());
    row(1, Sheets::tr("The host shows now:"), error.facts[u"fingerprint"_s].toString());
    grid->setColumnStretch(1, 1);
    return place;
}

} // namespace

QLabel* textLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLabel* headingLabel(const QString& text, QWidget* parent)
{
    QLabel* label = textLabel(text, parent);
    QFont font = label->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.25);
    label->setFont(font);
    return label;
}

QPlainTextEdit* codeView(const QString& accessibleName, QWidget* parent)
{
    auto* view = new QPlainTextEdit(parent);
    view->setReadOnly(true);
    view->setTabChangesFocus(true);
    view->setTextInteractionFlags(Qt::TextSelectableByKeyboard | Qt::TextSelectableByMouse);
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    view->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    view->setAccessibleName(accessibleName);
    return view;
}

QScrollArea* scrolled(QWidget* widget)
{
    auto* area = new QScrollArea;
    area->setWidget(widget);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus); // what is in it scrolls into view by itself
    return area;
}

QString errorHtml(const Error& error)
{
    QString html = u"<p><b>%1</b></p><p>%2</p>"_s.arg(
        sentence(error).toHtmlEscaped(), remedy(error).toHtmlEscaped());
    if (const QString said = printable(error.detail); !said.isEmpty())
        html += u"<pre>%1</pre>"_s.arg(said.toHtmlEscaped());
    return html;
}

QDialog* showError(QWidget* parent, const Error& error)
{
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(Sheets::tr("That did not work"));
    auto* column = new QVBoxLayout(dialog);
    column->addWidget(headingLabel(sentence(error), dialog));
    if (error.kind == ErrorKind::HostKeyChanged)
        column->addWidget(fingerprints(error, dialog));
    column->addWidget(textLabel(remedy(error), dialog));
    if (const QString said = printable(error.detail); !said.isEmpty()) {
        QPlainTextEdit* view = codeView(Sheets::tr("What the host said"), dialog);
        view->setPlainText(said);
        view->setMaximumHeight(160);
        column->addWidget(view);
    }
    auto* buttons = new QDialogButtonBox(dialog);
    buttons->addButton(Sheets::tr("&Close"), QDialogButtonBox::RejectRole);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    column->addWidget(buttons);
    dialog->setMinimumWidth(520);
    dialog->setWindowModality(Qt::WindowModal);
    dialog->open();
    return dialog;
}

void copyText(const QString& text, QPushButton* button)
{
    QApplication::clipboard()->setText(text);
    if (!button)
        return;
    const QString before = button->text();
    button->setText(Sheets::tr("Copied"));
    button->setEnabled(false);
    QTimer::singleShot(1500, button, [button, before] {
        button->setText(before);
        button->setEnabled(true);
    });
}

} // namespace gapless
