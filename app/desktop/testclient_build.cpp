// SPDX-License-Identifier: MIT
#include "app/desktop/testclient.h"

#include "app/desktop/sheet.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

void TestClient::build()
{
    auto* grid = new QGridLayout;
    const auto field = [&](QLabel*& title, QWidget* input, int row, int column) {
        title = new QLabel(this);
        title->setBuddy(input);
        grid->addWidget(title, row * 2, column);
        grid->addWidget(input, row * 2 + 1, column);
    };
    field(m_urlTitle, m_url = new QLineEdit(this), 0, 0);
    field(m_pathTitle, m_path = new QLineEdit(this), 0, 1);
    field(m_listenTitle, m_listen = new QLineEdit(this), 0, 2);
    field(m_protocolTitle, m_protocol = new QComboBox(this), 0, 3);
    field(m_transportTitle, m_transport = new QComboBox(this), 0, 4);
    m_connect = new QPushButton(this);
    grid->addWidget(m_connect, 1, 5);
    field(m_methodTitle, m_method = new QLineEdit(this), 1, 0);
    field(m_argumentsTitle, m_arguments = new QLineEdit(this), 1, 1);
    grid->removeWidget(m_arguments);
    grid->addWidget(m_arguments, 3, 1, 1, 2);
    m_skip = new QCheckBox(this);
    grid->addWidget(m_skip, 3, 3, 1, 2);
    m_invoke = new QPushButton(this);
    grid->addWidget(m_invoke, 3, 5);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 2);
    grid->setColumnStretch(2, 3);
    m_protocol->addItem(u"JSON"_s, u"json"_s);
    m_protocol->addItem(u"MessagePack"_s, u"messagepack"_s);
    m_transport->addItem(QString(), 0);
    m_transport->addItem(u"WebSockets"_s, int(signalr::TransportType::WebSockets));
    m_transport->addItem(u"ServerSentEvents"_s, int(signalr::TransportType::ServerSentEvents));
    m_transport->addItem(u"LongPolling"_s, int(signalr::TransportType::LongPolling));
    m_arguments->setText(u"[]"_s);
    m_lines = new QListView(this);
    m_lines->setModel(&m_log);
    m_lines->setUniformItemSizes(true);
    m_lines->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_lines->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_state = textLabel({}, this);
    m_copy = new QPushButton(this);
    m_clear = new QPushButton(this);
    auto* line = new QHBoxLayout;
    line->addWidget(m_state, 1);
    line->addWidget(m_copy);
    line->addWidget(m_clear);
    auto* column = new QVBoxLayout(this);
    column->addLayout(grid);
    column->addLayout(line);
    column->addWidget(m_lines, 1);
}

void TestClient::retranslate()
{
    setWindowTitle(tr("Test client"));
    const auto name = [](QLabel* title, QWidget* input, const QString& text) {
        title->setText(text);
        input->setAccessibleName(QString(text).remove(u'&'));
    };
    name(m_urlTitle, m_url, tr("&URL"));
    name(m_pathTitle, m_path, tr("&Hub"));
    name(m_listenTitle, m_listen, tr("&Messages to show, with commas"));
    name(m_protocolTitle, m_protocol, tr("&Protocol"));
    name(m_transportTitle, m_transport, tr("Tra&nsport"));
    name(m_methodTitle, m_method, tr("M&ethod to invoke"));
    m_arguments->setAccessibleName(tr("Arguments, as a JSON list"));
    m_transport->setItemText(0, tr("automatic"));
    m_skip->setText(tr("&Skip negotiation"));
    m_invoke->setText(tr("&Invoke"));
    m_copy->setText(tr("Cop&y all"));
    m_clear->setText(tr("C&lear"));
    m_lines->setAccessibleName(tr("Messages"));
    m_state->setAccessibleName(tr("State of the connection"));
    refresh();
}

void TestClient::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace gapless
