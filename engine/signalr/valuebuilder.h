// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/hubprotocol.h"

namespace gapless::signalr {

/// Builds one Json out of parser events; the part of a message that an application's value is in.
class ValueBuilder {
public:
    /// Events from now on go into `target`, until done().
    void begin(Json& target)
    {
        m_root = &target;
        m_open.clear();
    }
    /// Reads past a value that nobody wants.
    void skip()
    {
        m_root = nullptr;
        m_skipped = 0;
    }

    template <typename T> void scalar(T&& value)
    {
        if (m_root)
            place(Json(std::forward<T>(value)));
    }
    void open(Json::value_t kind)
    {
        if (!m_root) {
            ++m_skipped;
            return;
        }
        m_open.push_back(&place(Json(kind)));
    }
    void close()
    {
        if (m_root)
            m_open.pop_back();
        else
            --m_skipped;
    }
    void key(std::string& name)
    {
        if (m_root)
            m_key.swap(name);
    }
    int depth() const { return m_root ? int(m_open.size()) : m_skipped; }

private:
    Json& place(Json&& value)
    {
        if (m_open.empty())
            return *m_root = std::move(value);
        Json& parent = *m_open.back();
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return parent.back();
        }
        return parent[m_key] = std::move(value);
    }

    Json* m_root = nullptr;
    std::vector<Json*> m_open;
    std::string m_key;
    int m_skipped = 0;
};

} // namespace gapless::signalr
