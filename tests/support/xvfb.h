#pragma once

#include "tests/support/x_server.h"

namespace sightline {

/// An X server without a screen.
class Xvfb : public XServer {
public:
    /// 1280x1024 with 24 bits unless the arguments say otherwise. Error: NoDisplay, with what the server
    /// printed.
    static Result<std::unique_ptr<Xvfb>> start(const QStringList& arguments = {});

private:
    Xvfb() = default;
};

} // namespace sightline
