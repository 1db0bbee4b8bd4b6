#pragma once

#include "core/graphics/input_injector.h"

#include <memory>
#include <mutex>
#include <vector>

namespace sightline {

/// What an injector was told, and its handlers, so that a test can play the person at the desktop. Outlives
/// the injectors made by it. Thread-safe.
class InjectorLog {
public:
    struct Content {
        std::vector<InputEvent> events;
        Rect area;
        std::vector<Hotkey> hotkeys;
        int timesOpened = 0;
        int timesReleased = 0;
        bool isOpen = false;
    };

    /// Refuses the next ones.
    void refuse(const Error& error) { m_refusal = std::make_unique<Error>(error); }

    Result<std::unique_ptr<InputInjector>> open(InputInjector::Handlers handlers)
    {
        if (m_refusal)
            return *m_refusal;
        const std::lock_guard lock(m_mutex);
        m_handlers = std::move(handlers);
        m_content.isOpen = true;
        ++m_content.timesOpened;
        return std::unique_ptr<InputInjector>(std::make_unique<Recorder>(*this));
    }

    InputInjector::Handlers handlers()
    {
        const std::lock_guard lock(m_mutex);
        return m_handlers;
    }

    Content content()
    {
        const std::lock_guard lock(m_mutex);
        return m_content;
    }

private:
    class Recorder final : public InputInjector {
    public:
        explicit Recorder(InjectorLog& log)
            : m_log(log)
        {
        }
        ~Recorder() override
        {
            const std::lock_guard lock(m_log.m_mutex);
            m_log.m_content.isOpen = false;
        }
        void setHotkey(const Hotkey& hotkey) override
        {
            const std::lock_guard lock(m_log.m_mutex);
            m_log.m_content.hotkeys.push_back(hotkey);
        }
        void setArea(const Rect& area) override
        {
            const std::lock_guard lock(m_log.m_mutex);
            m_log.m_content.area = area;
        }
        void inject(const InputEvent& event) override
        {
            const std::lock_guard lock(m_log.m_mutex);
            m_log.m_content.events.push_back(event);
        }
        void releaseAll() override
        {
            const std::lock_guard lock(m_log.m_mutex);
            ++m_log.m_content.timesReleased;
        }

    private:
        InjectorLog& m_log;
    };

    std::unique_ptr<Error> m_refusal;
    std::mutex m_mutex; // guards all below
    InputInjector::Handlers m_handlers;
    Content m_content;
};

} // namespace sightline
