#pragma once

#include "core/base/clock.h"

#include <QLoggingCategory>

#include <cstdint>

namespace sightline {

/// Counts events that a stranger can cause (bad packets) and logs at most one line a second with their
/// number, so that nobody can fill a disk. Not thread-safe: one per owner and reason.
class CounterLog {
public:
    using Category = const QLoggingCategory& (*)();

    CounterLog(Category category, const char* what)
        : m_category(category)
        , m_what(what)
    {
    }

    void add(TimePoint now);
    std::uint64_t total() const { return m_total; }

private:
    Category m_category;
    const char* m_what;
    std::uint64_t m_total = 0;
    std::uint64_t m_reported = 0;
    TimePoint m_lastReport{};
};

} // namespace sightline
