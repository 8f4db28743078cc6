// SPDX-License-Identifier: MIT
#include "engine/witness/samples.h"

#include "engine/model/error.h"

#include <QDataStream>
#include <QFileDevice>

using namespace Qt::StringLiterals;

namespace gapless {
namespace {

constexpr QByteArrayView magic("gapless-samples 1\n");
constexpr quint8 labelMark = 'L';
constexpr quint8 blockMark = 'B';

void format(QDataStream& stream)
{
    stream.setVersion(QDataStream::Qt_6_4);
    stream.setByteOrder(QDataStream::LittleEndian);
}

QString nameOf(const QIODevice* device)
{
    const auto* file = qobject_cast<const QFileDevice*>(device);
    return file ? file->fileName() : QString();
}

void put(QDataStream& out, const Sample& s)
{
    out << s.atUs << s.latencyUs << s.connection << s.status << s.label << quint8(s.probe)
        << quint8(s.cause);
}

bool get(QDataStream& in, Sample& s)
{
    quint8 probe = 0;
    quint8 cause = 0;
    in >> s.atUs >> s.latencyUs >> s.connection >> s.status >> s.label >> probe >> cause;
    s.probe = Sample::Probe(probe);
    s.cause = Sample::Cause(cause);
    return in.status() == QDataStream::Ok && probe <= quint8(Sample::Probe::Echo)
        && cause <= quint8(Sample::Cause::Lost);
}

} // namespace

SampleStore::SampleStore(qsizetype keep)
    : m_keep(std::max<qsizetype>(keep, blockSize))
{
}

void SampleStore::writeTo(std::unique_ptr<QIODevice> device)
{
    if (!device->isWritable() || device->write(magic.data(), magic.size()) != magic.size())
        throw Error(
            ErrorKind::StoreUnusable, {{u"file"_s, nameOf(device.get())}}, device->errorString());
    m_device = std::move(device);
    m_labelsWritten = 1;
}

void SampleStore::add(const Sample& sample)
{
    if (m_blocks.empty() || m_blocks.back().size() == blockSize) {
        if (m_device && !m_blocks.empty())
            write(m_blocks.back());
        if (kept() + blockSize > m_keep && m_blocks.size() > 1)
            m_blocks.erase(m_blocks.begin());
        m_blocks.emplace_back().reserve(blockSize);
    }
    m_blocks.back().push_back(sample);
    ++m_count;
}

void SampleStore::flush()
{
    if (!m_device || m_blocks.empty())
        return;
    write(m_blocks.back());
    // Written once: what comes next begins a block of its own.
    m_blocks.emplace_back().reserve(blockSize);
    if (auto* file = qobject_cast<QFileDevice*>(m_device.get()))
        file->flush();
}

quint16 SampleStore::label(const QString& text)
{
    const qsizetype known = m_labels.indexOf(text);
    if (known >= 0)
        return quint16(known);
    if (m_labels.size() > 0xffff)
        return 0;
    m_labels.append(text);
    return quint16(m_labels.size() - 1);
}

QString SampleStore::labelText(quint16 label) const
{
    return m_labels.value(label);
}

qsizetype SampleStore::kept() const
{
    if (m_blocks.empty())
        return 0;
    qsizetype kept = 0;
    for (const Block& block : m_blocks)
        kept += qsizetype(block.size());
    return kept;
}

qsizetype SampleStore::bytes() const
{
    return qsizetype(m_blocks.size()) * blockSize * qsizetype(sizeof(Sample));
}

void SampleStore::write(const Block& block)
{
    if (block.empty())
        return;
    QDataStream out(m_device.get());
    format(out);
    for (; m_labelsWritten < m_labels.size(); ++m_labelsWritten)
        out << labelMark << m_labels.at(m_labelsWritten);
    out << blockMark << quint32(block.size());
    for (const Sample& sample : block)
        put(out, sample);
}

SampleStore SampleStore::read(QIODevice& device, qsizetype keep)
{
    if (device.read(magic.size()) != magic)
        throw Error(ErrorKind::StoreDamaged, {{u"file"_s, nameOf(&device)}});
    SampleStore store(keep);
    QDataStream in(&device);
    format(in);
    Block block;
    while (!in.atEnd()) {
        quint8 mark = 0;
        in >> mark;
        if (mark == labelMark) {
            QString text;
            in >> text;
            store.label(text);
            continue;
        }
        quint32 size = 0;
        in >> size;
        if (mark != blockMark || size > blockSize)
            break;
        block.assign(size, Sample());
        bool whole = true;
        for (Sample& sample : block)
            whole = whole && get(in, sample);
        if (!whole)
            break;
        for (const Sample& sample : block)
            store.add(sample);
    }
    return store;
}

} // namespace gapless
