#pragma once

#include <QList>
#include <QString>

#include <algorithm>
#include <optional>

namespace sightline {

/// What a versioned document that tells only changes is to somebody who knows version `known`.
enum class UpdateStep { Old, Next, Gap };

inline UpdateStep updateStep(quint32 known, quint32 update)
{
    // Versions wrap, so they are compared by their distance.
    const auto distance = static_cast<qint32>(update - known);
    return distance <= 0 ? UpdateStep::Old : distance == 1 ? UpdateStep::Next : UpdateStep::Gap;
}

/// The list without those that were removed, and with those that changed or came, known by their `entity`.
/// None: it would have more than `limit`.
template <typename Item>
std::optional<QList<Item>> updated(
    QList<Item> items, const QList<QString>& removed, const QList<Item>& changed, qsizetype limit)
{
    for (const QString& entity : removed)
        items.removeIf([&entity](const Item& each) { return each.entity == entity; });
    for (const Item& item : changed) {
        const auto known = std::find_if(
            items.begin(), items.end(), [&item](const Item& each) { return each.entity == item.entity; });
        if (known != items.end())
            *known = item;
        else
            items.append(item);
    }
    if (items.size() > limit)
        return std::nullopt;
    return items;
}

} // namespace sightline
