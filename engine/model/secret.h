// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <cstring>
#include <memory>
#include <utility>

namespace gapless {

/// A password, a passphrase, a token. Its bytes are overwritten when it goes, it is moved and not
/// copied by accident, and nothing turns it into a QString, a QByteArray or JSON by itself.
class Secret {
public:
    Secret() = default;
    explicit Secret(QByteArrayView bytes)
        : m_bytes(std::make_unique<char[]>(size_t(bytes.size()) + 1))
        , m_size(bytes.size())
    {
        if (m_size > 0)
            std::memcpy(m_bytes.get(), bytes.data(), size_t(m_size));
    }
    /// Takes what a library could only give as a QByteArray, and overwrites it there. Copies that
    /// the library shares with others stay.
    static Secret takenFrom(QByteArray& bytes)
    {
        Secret secret {QByteArrayView(bytes)};
        explicit_bzero(bytes.data(), size_t(bytes.size()));
        bytes.clear();
        return secret;
    }
    Secret(Secret&& other) noexcept
        : m_bytes(std::move(other.m_bytes))
        , m_size(std::exchange(other.m_size, 0))
    {
    }
    Secret& operator=(Secret&& other) noexcept
    {
        if (this != &other) {
            wipe();
            m_bytes = std::move(other.m_bytes);
            m_size = std::exchange(other.m_size, 0);
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { wipe(); }

    Secret copy() const { return Secret(view()); }
    bool isEmpty() const { return m_size == 0; }
    /// Its bytes, for the one call that needs them.
    QByteArrayView view() const { return {m_bytes.get(), m_size}; }
    /// The same, ended by a NUL, for C interfaces; never null.
    const char* c_str() const { return m_bytes ? m_bytes.get() : ""; }

private:
    void wipe()
    {
        if (m_bytes)
            explicit_bzero(m_bytes.get(), size_t(m_size));
        m_bytes.reset();
        m_size = 0;
    }
    std::unique_ptr<char[]> m_bytes; ///< one byte longer than m_size: a NUL
    qsizetype m_size = 0;
};

} // namespace gapless
