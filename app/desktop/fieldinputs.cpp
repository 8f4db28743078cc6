// SPDX-License-Identifier: MIT
// The inputs of single values: one small class for each kind of field.
#include "app/desktop/fieldeditor.h"
#include "app/desktop/mapeditor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QStandardItemModel>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QString standardText(const TargetField& field)
{
    return field.standard.toString();
}

class LineInput final : public LeafEditor {
public:
    LineInput(const TargetField& field, QWidget* parent)
        : LineInput(field, new QLineEdit, parent)
    {
    }
    QByteArray json() const override
    {
        return m_line->text().isEmpty() ? QByteArray() : jsonText(m_line->text());
    }
    void setJson(const QJsonValue& value) override { m_line->setText(value.toString()); }

protected:
    QString problem() const override
    {
        if (m_line->text().isEmpty())
            return m_field.required ? LeafEditor::tr("This has to be filled in.") : QString();
        return problemOf(m_line->text(), m_field.rule);
    }

private:
    LineInput(const TargetField& field, QLineEdit* line, QWidget* parent)
        : LeafEditor(field, line, parent)
        , m_line(line)
    {
        line->setPlaceholderText(standardText(field));
        connect(line, &QLineEdit::textChanged, this, &FieldEditor::changed);
    }
    QLineEdit* m_line;
};

QPlainTextEdit* smallText(int rows)
{
    auto* text = new QPlainTextEdit;
    text->setTabChangesFocus(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setFixedHeight(text->fontMetrics().lineSpacing() * rows + 14);
    return text;
}

class LongInput final : public LeafEditor {
public:
    LongInput(const TargetField& field, QWidget* parent)
        : LongInput(field, smallText(3), parent)
    {
    }
    QByteArray json() const override
    {
        return m_text->toPlainText().isEmpty() ? QByteArray() : jsonText(m_text->toPlainText());
    }
    void setJson(const QJsonValue& value) override { m_text->setPlainText(value.toString()); }

private:
    LongInput(const TargetField& field, QPlainTextEdit* text, QWidget* parent)
        : LeafEditor(field, text, parent)
        , m_text(text)
    {
        connect(text, &QPlainTextEdit::textChanged, this, &FieldEditor::changed);
    }
    QPlainTextEdit* m_text;
};

/// A list of texts, one a line.
class TextsInput final : public LeafEditor {
public:
    TextsInput(const TargetField& field, QWidget* parent)
        : TextsInput(field, smallText(2), parent)
    {
    }
    QByteArray json() const override
    {
        QByteArrayList texts;
        for (const QString& line : lines())
            texts.append(jsonText(line));
        return '[' + texts.join(',') + ']';
    }
    void setJson(const QJsonValue& value) override
    {
        // `jump` may be one text; and what is left out is as the standard says.
        const QJsonValue list = value.isUndefined() ? m_field.standard : value;
        QStringList texts;
        for (const QJsonValue& one : list.isString() ? QJsonArray {list} : list.toArray())
            texts.append(one.toString());
        m_text->setPlainText(texts.join(u'\n'));
    }

protected:
    QString problem() const override
    {
        const QStringList texts = lines();
        for (const QString& line : texts)
            if (const QString found = problemOf(line, m_field.rule); !found.isEmpty())
                return u"%1: %2"_s.arg(line, found);
        return {};
    }

private:
    TextsInput(const TargetField& field, QPlainTextEdit* text, QWidget* parent)
        : LeafEditor(field, text, parent)
        , m_text(text)
    {
        connect(text, &QPlainTextEdit::textChanged, this, &FieldEditor::changed);
    }
    QStringList lines() const { return m_text->toPlainText().split(u'\n', Qt::SkipEmptyParts); }
    QPlainTextEdit* m_text;
};

class FlagInput final : public LeafEditor {
public:
    FlagInput(const TargetField& field, QWidget* parent)
        : FlagInput(field, new QCheckBox, parent)
    {
    }
    QByteArray json() const override { return m_box->isChecked() ? "true" : "false"; }
    void setJson(const QJsonValue& value) override
    {
        m_box->setChecked(value.toBool(m_field.standard.toBool()));
    }

private:
    FlagInput(const TargetField& field, QCheckBox* box, QWidget* parent)
        : LeafEditor(field, box, parent)
        , m_box(box)
    {
        connect(box, &QCheckBox::toggled, this, &FieldEditor::changed);
    }
    QCheckBox* m_box;
};

/// A number, or the word that stands one below the least.
class NumberInput final : public LeafEditor {
public:
    NumberInput(const TargetField& field, QWidget* parent)
        : NumberInput(field, new QSpinBox, parent)
    {
    }
    QByteArray json() const override
    {
        if (hasWord() && m_number->value() == m_number->minimum())
            return jsonText(m_field.word);
        return QByteArray::number(m_number->value());
    }
    void setJson(const QJsonValue& value) override
    {
        if (hasWord() && (value.isString() || (value.isUndefined() && m_field.standard == 0)))
            m_number->setValue(m_number->minimum());
        else
            m_number->setValue(value.toInt(m_field.standard.toInt()));
    }

private:
    NumberInput(const TargetField& field, QSpinBox* number, QWidget* parent)
        : LeafEditor(field, number, parent)
        , m_number(number)
    {
        number->setRange(int(field.least) - (hasWord() ? 1 : 0), int(field.most));
        number->setGroupSeparatorShown(field.most > 65535);
        number->setMaximumWidth(180);
        if (hasWord())
            number->setSpecialValueText(targetChoiceName(field.path, field.word));
        connect(number, &QSpinBox::valueChanged, this, &FieldEditor::changed);
    }
    bool hasWord() const { return !m_field.word.isEmpty(); }
    QSpinBox* m_number;
};

class RealInput final : public LeafEditor {
public:
    RealInput(const TargetField& field, QWidget* parent)
        : RealInput(field, new QDoubleSpinBox, parent)
    {
    }
    QByteArray json() const override { return QByteArray::number(m_number->value()); }
    void setJson(const QJsonValue& value) override
    {
        m_number->setValue(value.toDouble(m_field.standard.toDouble()));
    }

private:
    RealInput(const TargetField& field, QDoubleSpinBox* number, QWidget* parent)
        : LeafEditor(field, number, parent)
        , m_number(number)
    {
        number->setRange(field.least, field.most);
        number->setDecimals(2);
        number->setMaximumWidth(180);
        connect(number, &QDoubleSpinBox::valueChanged, this, &FieldEditor::changed);
    }
    QDoubleSpinBox* m_number;
};

class ChoiceInput final : public LeafEditor {
public:
    ChoiceInput(const TargetField& field, QWidget* parent)
        : ChoiceInput(field, new QComboBox, parent)
    {
    }
    QByteArray json() const override { return jsonText(m_choices->currentData().toString()); }
    void setJson(const QJsonValue& value) override
    {
        m_choices->setCurrentIndex(m_choices->findData(value.toString(standardText(m_field))));
    }

private:
    ChoiceInput(const TargetField& field, QComboBox* choices, QWidget* parent)
        : LeafEditor(field, choices, parent)
        , m_choices(choices)
    {
        for (const QString& choice : field.choices)
            choices->addItem(targetChoiceName(field.path, choice), choice);
        connect(choices, &QComboBox::currentIndexChanged, this, &FieldEditor::changed);
    }
    QComboBox* m_choices;
};

/// Whole numbers with commas between, or a JSON list of anything.
class ListInput final : public LeafEditor {
public:
    ListInput(const TargetField& field, QWidget* parent)
        : ListInput(field, new QLineEdit, parent)
    {
    }
    QByteArray json() const override
    {
        const QByteArray text = m_line->text().trimmed().toUtf8();
        return isNumbers() ? '[' + text + ']' : text;
    }
    void setJson(const QJsonValue& value) override
    {
        const QJsonArray list = value.isUndefined() ? m_field.standard.toArray() : value.toArray();
        QString text = QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
        if (isNumbers())
            text = text.mid(1, text.size() - 2).replace(u',', u", "_s);
        else if (list.isEmpty())
            text.clear();
        m_line->setText(text);
    }

protected:
    QString problem() const override
    {
        if (json().isEmpty())
            return {};
        const QJsonDocument list = QJsonDocument::fromJson(json());
        if (!list.isArray())
            return LeafEditor::tr("Expected: %1").arg(
                isNumbers() ? LeafEditor::tr("numbers with commas between") : LeafEditor::tr("a JSON list"));
        for (const QJsonValue& one : isNumbers() ? list.array() : QJsonArray())
            if (!one.isDouble() || one.toDouble() < m_field.least || one.toDouble() > m_field.most)
                return LeafEditor::tr("Expected: %1").arg(LeafEditor::tr("numbers with commas between"));
        return {};
    }

private:
    ListInput(const TargetField& field, QLineEdit* line, QWidget* parent)
        : LeafEditor(field, line, parent)
        , m_line(line)
    {
        connect(line, &QLineEdit::textChanged, this, &FieldEditor::changed);
    }
    bool isNumbers() const { return m_field.kind == TargetField::Kind::Integers; }
    QLineEdit* m_line;
};

class MapInput final : public LeafEditor {
public:
    MapInput(const TargetField& field, QWidget* parent)
        : MapInput(field, new MapEditor, parent)
    {
    }
    QByteArray json() const override
    {
        QByteArrayList members;
        for (const auto& [name, value] : m_map->rows())
            members.append(jsonText(name) + ':' + jsonText(value));
        return '{' + members.join(',') + '}';
    }
    void setJson(const QJsonValue& value) override { m_map->setRows(value.toObject()); }

protected:
    QString problem() const override
    {
        QStringList seen;
        for (const auto& [name, value] : m_map->rows()) {
            QString found = problemOf(name, m_field.names);
            if (found.isEmpty())
                found = problemOf(value, m_field.rule);
            if (found.isEmpty() && seen.contains(name))
                found = LeafEditor::tr("This name is there twice.");
            if (!found.isEmpty())
                return u"%1: %2"_s.arg(name, found);
            seen.append(name);
        }
        return {};
    }

private:
    MapInput(const TargetField& field, MapEditor* map, QWidget* parent)
        : LeafEditor(field, map, parent)
        , m_map(map)
    {
        connect(map, &MapEditor::changed, this, &FieldEditor::changed);
    }
    MapEditor* m_map;
};

} // namespace

FieldEditor* makeFieldEditor(const TargetField& field, const QStringList& order, QWidget* parent)
{
    switch (field.kind) {
    case TargetField::Kind::Text:
        return new LineInput(field, parent);
    case TargetField::Kind::LongText:
        return new LongInput(field, parent);
    case TargetField::Kind::Flag:
        return new FlagInput(field, parent);
    case TargetField::Kind::Integer:
    case TargetField::Kind::IntegerOrWord:
        return new NumberInput(field, parent);
    case TargetField::Kind::Real:
        return new RealInput(field, parent);
    case TargetField::Kind::Choice:
        return new ChoiceInput(field, parent);
    case TargetField::Kind::Texts:
        return new TextsInput(field, parent);
    case TargetField::Kind::Integers:
    case TargetField::Kind::JsonList:
        return new ListInput(field, parent);
    case TargetField::Kind::TextMap:
        return new MapInput(field, parent);
    case TargetField::Kind::Group:
    case TargetField::Kind::OptionalGroup:
        return new GroupEditor(field, false, parent);
    case TargetField::Kind::Objects:
    case TargetField::Kind::NamedObjects:
        return new ObjectsEditor(field, order, parent);
    }
    return nullptr;
}

} // namespace gapless
