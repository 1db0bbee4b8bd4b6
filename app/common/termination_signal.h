#pragma once

#include <QObject>

#include <memory>

namespace sightline {

/// Turns SIGINT, SIGTERM and SIGHUP into a Qt signal, so that a program leaves its event loop and cleans up.
/// One per process, made in main() once the application object is there. A second signal ends the process at
/// once.
class TerminationSignal : public QObject {
    Q_OBJECT
public:
    explicit TerminationSignal(QObject* parent = nullptr);
    ~TerminationSignal() override;

Q_SIGNALS:
    void received();

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
