// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <stop_token>

namespace gapless {

/// A host key that neither the target pins nor any known_hosts file has.
struct UnknownHostKey {
    QString host; ///< its name in the target; a jump host's is its address
    QString address;
    int port = 22;
    QString type; ///< `ssh-ed25519` and the like
    QString fingerprint; ///< `SHA256:…`, as `ssh-keygen -l` prints it
    QString file; ///< the known_hosts file that would get it
};

/// Whether to trust it.
class HostKeyDecider {
public:
    virtual ~HostKeyDecider() = default;
    /// True: accept it and write it to known_hosts; false: Error HostKeyUnknown. Blocks; false
    /// once `stop` is requested. Called on the host's I/O thread while it connects.
    virtual bool accept(const UnknownHostKey& key, std::stop_token stop) = 0;
};

/// The command line without `--accept-new-host-key`, and every test that expects no question.
class RefuseUnknownHostKeys : public HostKeyDecider {
public:
    bool accept(const UnknownHostKey&, std::stop_token) override { return false; }
};

/// `--accept-new-host-key`: a changed or revoked key is still refused.
class AcceptNewHostKeys : public HostKeyDecider {
public:
    bool accept(const UnknownHostKey&, std::stop_token) override { return true; }
};

} // namespace gapless
