#pragma once

#include <QIcon>

namespace sightline {

enum class Symbol {
    Fit,
    OneToOne,
    Monitors,
    FullScreen,
    Stop,
    Share,
    Link,
    Copy,
    Person,
    Available, ///< a person who can be talked to
    Engaged, ///< one who already talks
    Settings,
    Control,
    Pause,
    Resume,
};

/// A drawn symbol in the colour of the text around it, sharp at every size, light or dark. (Drawn and not
/// loaded, because Qt reads SVG only with a plug-in that need not be there.)
QIcon icon(Symbol symbol);

/// The application's own; resources/icons/sightline.svg is the same drawing for desktop entries.
QIcon applicationIcon();

} // namespace sightline
