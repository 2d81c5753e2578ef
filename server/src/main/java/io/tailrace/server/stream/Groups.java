package io.tailrace.server.stream;

import io.tailrace.server.broker.Audience;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The riders of a pump, by audience. Of the thread that has the pump. */
final class Groups {

    private final Map<Audience, Group> groups = new HashMap<>();
    private final Pump pump;

    Groups(Pump pump) {
        this.pump = pump;
    }

    /** Takes a rider in; its group is told from now on what is new. */
    Group place(Rider rider) {
        Audience audience = rider.subscription.audience();
        Group group = groups.get(audience);
        if (group == null) {
            group = new Group(audience, pump);
            groups.put(audience, group);
            audience.wakes(group);
        }
        group.add(rider);
        return group;
    }

    void remove(Rider rider, Group group) {
        group.remove(rider);
        if (group.riders.isEmpty()) {
            group.audience.wakesNoMore(group);
            groups.remove(group.audience);
        }
    }

    /** Hands a rider back to its thread, if it is here. */
    void leave(Rider rider, Rider.End reason) {
        Group group = rider.group;
        if (group != null) {
            remove(rider, group);
            rider.letDown(reason);
        }
    }

    /** Hands back all. */
    void leave(Rider.End reason) {
        all(_ -> true).forEach(rider -> leave(rider, reason));
    }

    /** Those that are meant. */
    List<Rider> all(Predicate<Rider> meant) {
        List<Rider> found = new ArrayList<>();
        for (Group group : groups.values()) {
            for (Rider rider : group.riders) {
                if (meant.test(rider)) {
                    found.add(rider);
                }
            }
        }
        return found;
    }
}
