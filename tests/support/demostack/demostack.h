// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"
#include "engine/remote/sshhost.h"

#include <QProcessEnvironment>
#include <QStringList>

namespace gapless {

/// The demo stack (packaging/demo/stack) as live tests use it: $GAPLESS_DEMO_DIR's, else one in
/// `folder`, on ports of its own. It is brought up, with the second machine, where it is not up
/// yet, and left up; ctest's `live.stack-down` takes it down. Errors: CommandFailed, whose detail
/// is what the stack said.
class DemoStack {
public:
    explicit DemoStack(const QString& folder);

    const QString& folder() const { return m_folder; }
    /// What names the stack's network namespaces and labels its containers.
    QString id() const;
    /// `target` or `target-two-hosts`.
    Target target(const QString& name = QStringLiteral("target")) const;
    /// The image's reference of a name in images.json: v1, v2, crash …
    QString image(const QString& name) const;
    /// The tag alone: `hash_…`.
    QString tag(const QString& name) const;
    /// Runs `stack WORDS`, with `settings` (GAPLESS_DEMO_AFFINITY …) in its environment; what it
    /// printed.
    QString run(const QStringList& words, const QMap<QString, QString>& settings = {}) const;
    void reset(const QMap<QString, QString>& settings = {}) const
    {
        run({QStringLiteral("reset")}, settings);
    }
    /// docker on that machine (web or second); what it printed.
    QString docker(const QString& machine, const QStringList& words) const;
    /// Its hosts over SSH: keys as the target names them, host keys pinned, nothing asked.
    std::unique_ptr<Hosts> hosts(const Target& target) const;

private:
    QString m_folder;
};

} // namespace gapless
