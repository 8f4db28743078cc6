// SPDX-License-Identifier: MIT
#include "engine/witness/samplefile.h"

#include "engine/model/error.h"
#include "engine/model/privatefile.h"

#include <QDataStream>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gapless {
namespace {

constexpr QByteArrayView magic("gapless-samples 1\n");
constexpr quint8 zeroMark = 'Z', labelMark = 'L', blockMark = 'B';
constexpr quint32 mostInABlock = 1'000'000;
constexpr qint64 sampleBytes = 20;
constexpr qint64 mostInALabel = 4096;

void format(QDataStream& stream)
{
    stream.setVersion(QDataStream::Qt_6_4);
    stream.setByteOrder(QDataStream::LittleEndian);
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
    return probe <= quint8(Sample::Probe::Echo) && cause <= quint8(Sample::Cause::Lost);
}

} // namespace

QString samplesFolder(const QString& dataFolder)
{
    return dataFolder + u"/samples"_s;
}

QString samplesPath(const QString& folder, const QString& run)
{
    // A run may come from another machine's record, and its name becomes a path here.
    static const QRegularExpression name(u"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\\z"_s);
    return name.match(run).hasMatch() ? u"%1/%2.samples"_s.arg(folder, run) : QString();
}

void tidySamples(const QString& folder, int maxFiles, qint64 maxBytes)
{
    int files = 0;
    qint64 bytes = 0;
    const QFileInfoList newestFirst
        = QDir(folder).entryInfoList({u"*.samples"_s}, QDir::Files, QDir::Time);
    for (const QFileInfo& file : newestFirst) {
        bytes += file.size();
        if (++files > maxFiles || bytes > maxBytes)
            QFile::remove(file.filePath());
    }
}

SampleWriter::SampleWriter(const QString& path, qint64 zeroUtcMs, qint64 maxBytes)
    : m_file(path)
    , m_maxBytes(maxBytes)
{
    createPrivateFolder(QFileInfo(path).absolutePath());
    createPrivateFile(path);
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
        throw Error(ErrorKind::StoreUnusable, {{u"file"_s, path}}, m_file.errorString());
    QByteArray header = magic.toByteArray();
    QDataStream out(&header, QIODevice::WriteOnly | QIODevice::Append);
    format(out);
    out << zeroMark << zeroUtcMs;
    if (m_file.write(header) != header.size())
        throw Error(ErrorKind::StoreUnusable, {{u"file"_s, path}}, m_file.errorString());
}

void SampleWriter::write(const SampleBatch& batch)
{
    if (!m_complete || batch.samples.isEmpty())
        return;
    QByteArray record;
    QDataStream out(&record, QIODevice::WriteOnly);
    format(out);
    for (; m_labelsWritten < batch.labels.size(); ++m_labelsWritten)
        out << labelMark << batch.labels.at(m_labelsWritten).left(mostInALabel / 4);
    out << blockMark << quint32(batch.samples.size());
    for (const Sample& sample : batch.samples)
        put(out, sample);
    m_complete
        = m_file.size() + record.size() <= m_maxBytes && m_file.write(record) == record.size();
}

SampleReader::SampleReader(const QString& path)
    : m_file(path)
{
    if (!m_file.open(QIODevice::ReadOnly))
        throw Error(ErrorKind::FileUnreadable, {{u"file"_s, path}}, m_file.errorString());
    QDataStream in(&m_file);
    format(in);
    const bool ours = m_file.read(magic.size()) == magic;
    quint8 mark = 0;
    in >> mark >> m_zeroUtcMs;
    if (!ours || in.status() != QDataStream::Ok || mark != zeroMark)
        throw Error(ErrorKind::StoreDamaged, {{u"file"_s, path}});
    m_offset = m_file.pos();
}

SampleBatch SampleReader::next(qsizetype most)
{
    SampleBatch batch;
    batch.zeroUtcMs = m_zeroUtcMs;
    m_file.seek(m_offset);
    while (!m_damaged && batch.samples.size() < most && readRecord(batch))
        m_offset = m_file.pos();
    batch.labels = m_labels;
    return batch;
}

/// False where there is no whole record.
bool SampleReader::readRecord(SampleBatch& batch)
{
    QDataStream in(&m_file);
    format(in);
    quint8 mark = 0;
    quint32 size = 0;
    in >> mark >> size;
    if (in.status() != QDataStream::Ok)
        return false;
    m_damaged = mark == labelMark ? size > mostInALabel : mark != blockMark || size > mostInABlock;
    const qint64 bytes = mark == labelMark ? qint64(size) : size * sampleBytes;
    if (m_damaged || m_file.size() - m_file.pos() < bytes)
        return false;
    if (mark == labelMark) {
        m_file.seek(m_file.pos() - qint64(sizeof size)); // the text begins with its size
        QString text;
        in >> text;
        m_labels.append(text);
        return true;
    }
    batch.samples.reserve(batch.samples.size() + size);
    Sample sample;
    for (quint32 i = 0; i < size && !m_damaged; ++i) {
        m_damaged = !get(in, sample);
        if (!m_damaged)
            batch.samples.append(sample);
    }
    return !m_damaged;
}

} // namespace gapless
