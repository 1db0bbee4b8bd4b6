#include "ui/monitor_names.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace sightline {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MonitorNames)
};

constexpr int kMostLanes = 3;

/// Along one axis: from where to where.
using Span = std::pair<int, int>;

/// Each one's number among those that lie beside each other: two that share more than half of the shorter
/// one's length have the same.
std::vector<int> lanesOf(const std::vector<Span>& spans)
{
    const auto middle = [](const Span& span) { return span.first + span.second; };
    std::vector<std::size_t> order(spans.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return middle(spans[a]) < middle(spans[b]); });
    std::vector<int> lanes(spans.size());
    for (std::size_t i = 1; i < order.size(); ++i) {
        const Span& before = spans[order[i - 1]];
        const Span& here = spans[order[i]];
        const int common = std::min(before.second, here.second) - std::max(before.first, here.first);
        const int shorter = std::min(before.second - before.first, here.second - here.first);
        lanes[order[i]] = lanes[order[i - 1]] + (2 * common > shorter ? 0 : 1);
    }
    return lanes;
}

/// 0 the first, 1 in the middle, 2 the last of `count`.
std::optional<std::size_t> third(int lane, int count)
{
    if (count > kMostLanes)
        return std::nullopt;
    if (count == 1)
        return 1;
    return lane == 0 ? 0 : lane == count - 1 ? 2 : 1;
}

QString placeWord(std::size_t row, std::size_t column)
{
    static constexpr std::array<std::array<const char*, 3>, 3> kWords{{
        {QT_TRANSLATE_NOOP("MonitorNames", "top left"), QT_TRANSLATE_NOOP("MonitorNames", "top"),
            QT_TRANSLATE_NOOP("MonitorNames", "top right")},
        {QT_TRANSLATE_NOOP("MonitorNames", "left"), QT_TRANSLATE_NOOP("MonitorNames", "middle"),
            QT_TRANSLATE_NOOP("MonitorNames", "right")},
        {QT_TRANSLATE_NOOP("MonitorNames", "bottom left"), QT_TRANSLATE_NOOP("MonitorNames", "bottom"),
            QT_TRANSLATE_NOOP("MonitorNames", "bottom right")},
    }};
    return QCoreApplication::translate("MonitorNames", kWords[row][column]);
}

/// Empty when there are none that tell them apart.
QStringList placesOf(const Rects& monitors)
{
    std::vector<Span> across;
    std::vector<Span> down;
    for (const Rect& monitor : monitors) {
        across.emplace_back(monitor.x, monitor.right());
        down.emplace_back(monitor.y, monitor.bottom());
    }
    const std::vector<int> columns = lanesOf(across);
    const std::vector<int> rows = lanesOf(down);
    const int columnCount = *std::max_element(columns.begin(), columns.end()) + 1;
    const int rowCount = *std::max_element(rows.begin(), rows.end()) + 1;
    QStringList places;
    for (std::size_t i = 0; i < monitors.size(); ++i) {
        const auto row = third(rows[i], rowCount);
        const auto column = third(columns[i], columnCount);
        const QString place = row && column ? placeWord(*row, *column) : QString();
        if (place.isEmpty() || places.contains(place))
            return {};
        places.append(place);
    }
    return places;
}

} // namespace

QStringList monitorNames(const Rects& monitors)
{
    QStringList names;
    const QStringList places = monitors.size() < 2 ? QStringList() : placesOf(monitors);
    for (qsizetype i = 0; i < static_cast<qsizetype>(monitors.size()); ++i) {
        const QString name = Words::tr("Monitor %1").arg(i + 1);
        names.append(
            places.isEmpty() ? name : Words::tr("%1 (%2)", "monitor and its place").arg(name, places[i]));
    }
    return names;
}

} // namespace sightline
