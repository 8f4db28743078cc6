// SPDX-License-Identifier: MIT
#pragma once

#include "engine/docker/image.h"
#include "engine/rollout/imagesend.h"
#include "engine/rollout/releaseprovider.h"
#include "engine/source/gitrepository.h"

#include <QTemporaryDir>
#include <optional>

namespace gapless {

/// A release out of a SourceSpec: the steps `build` and `send`.
class SourceRelease final : public ReleaseProvider {
public:
    SourceRelease(const Target& target, const SourceSpec& source, Hosts& hosts)
        : m_target(target)
        , m_source(source)
        , m_hosts(hosts)
        , m_commands(target)
    {
    }
    QString resolve(std::stop_token stop) override;
    void provide(Run& run) override;
    void plan(Run& planning, Hosts& hosts) override;

private:
    bool builds() const
    {
        return m_source.kind == SourceSpec::Kind::Git || m_source.kind == SourceSpec::Kind::Context;
    }
    /// The hosts whose turn it is to build, and those that are sent what was built.
    QStringList buildHosts(const QStringList& lacking) const;
    QStringList lacking(const Run& run) const; ///< slots' hosts without the tag
    const Image* imageOn(const Run& run, const QString& host) const;
    void requireSame(const Run& run);

    void sayWhatIsBuilt(Run& run);
    void build(Run& run, const QStringList& hosts);
    QString prepareContext(Run& run, QTemporaryDir& folder);
    void runBuildCommand(Run& run, const QString& folder);
    void buildOn(Run& run, const QString& host, const QString& folder);
    CommandResult streamBuild(
        Run& run, const QString& host, const QString& folder, QStringList& made);
    void nameOn(Run& run, const QString& host, const QString& id);
    QMap<QString, QString> labels(const Run& run) const;

    void send(Run& run, const QStringList& hosts);
    void sendArchive(Run& run, const ImageArchive& archive, const QStringList& hosts);
    void sendLocal(Run& run, const QStringList& hosts);
    void sendFrom(Run& run, const QString& host, const QStringList& hosts);
    void pull(Run& run, const QStringList& hosts);
    void requireArchiveIs(const Run& run, const ImageArchive& archive) const;

    const Target& m_target;
    const SourceSpec& m_source;
    Hosts& m_hosts;
    const ImageCommands m_commands;
    std::optional<GitRepository> m_repository;
    std::optional<Commit> m_commit;
    bool m_dirty = false;
};

} // namespace gapless
