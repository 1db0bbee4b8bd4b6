#include "tests/integration/platform/x11_fixture.h"

#include <QDebug>

#include <random>

namespace sightline {

X11Fixture::X11Fixture(const QStringList& serverArguments, const X11CaptureOptions& options)
{
    auto started = Xvfb::start(serverArguments);
    if (!started) {
        problem = started.error().toString();
        return;
    }
    server = *std::move(started);
    painter = X11Painter::create(server->displayName());
    auto created = X11ScreenCapture::create(server->displayName(), options);
    if (!painter || !created) {
        problem = created ? QStringLiteral("the painter cannot connect") : created.error().toString();
        return;
    }
    capture = *std::move(created);
}

Result<ScreenEvents> waitUntil(
    ScreenCapture& capture, const std::function<bool(const ScreenEvents&)>& isEnough)
{
    const TimePoint deadline = Clock::now() + std::chrono::seconds(10);
    ScreenEvents all;
    while (!isEnough(all)) {
        const auto events = capture.waitForEvents(deadline);
        if (!events)
            return events;
        if (Clock::now() >= deadline)
            return Error(ErrorCode::Timeout, QStringLiteral("the expected events did not come"));
        all.pixels |= events->pixels;
        all.cursorShape |= events->cursorShape;
        all.cursorMoved |= events->cursorMoved;
        all.layout |= events->layout;
        all.woken |= events->woken;
    }
    return all;
}

Result<GrabbedScreen> grabAll(ScreenCapture& capture)
{
    Rects damage;
    while (true) {
        auto grabbed = capture.grab();
        if (!grabbed)
            return grabbed;
        damage.insert(damage.end(), grabbed->damage.begin(), grabbed->damage.end());
        const auto events = capture.waitForEvents(TimePoint{});
        if (!events)
            return events.error();
        if (!events->pixels)
            return GrabbedScreen{grabbed->picture, damage};
    }
}

Picture copyOf(const PictureView& view)
{
    Picture copy(view.width, view.height);
    for (int y = 0; y < view.height; ++y) {
        for (int x = 0; x < view.width; ++x)
            copy.row(y)[x] = view.row(y)[x] & kColorMask;
    }
    return copy;
}

Rect difference(const Picture& a, const Picture& b)
{
    if (a.width() != b.width() || a.height() != b.height())
        return united(a.rect(), b.rect());
    Rect all;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            if (((a.row(y)[x] ^ b.row(y)[x]) & kColorMask) != 0)
                all = united(all, {x, y, 1, 1});
        }
    }
    if (!all.isEmpty())
        qWarning() << "The pictures differ from" << all.x << all.y << "size" << all.width << all.height;
    return all;
}

Picture noise(Size size, unsigned seed)
{
    std::mt19937 random(seed);
    Picture picture(size.width, size.height);
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x)
            picture.row(y)[x] = random() & kColorMask;
    }
    return picture;
}

} // namespace sightline
