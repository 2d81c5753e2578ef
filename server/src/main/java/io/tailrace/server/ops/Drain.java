package io.tailrace.server.ops;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.Json;
import io.tailrace.server.http.Problems;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the requests under way and, once the gateway stops, refuses new ones; only what operators
 * ask is still answered. Thread-safe.
 */
public final class Drain implements Filter {

    private static final Set<String> OPERATORS =
            Set.of("/health/live", "/health/ready", "/metrics", "/api/status");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    // Guarded by lock.
    private int underWay;
    private boolean draining;

    /** Lets requests in. */
    public Drain() {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!enter(OPERATORS.contains(request.path().path()))) {
            response.header(HeaderValues.CONNECTION_CLOSE);
            var problem =
                    new HttpProblem(
                            503, "Not available", "The gateway is stopping. Send again later.");
            Problems.send(request, response, problem, Json.Members.NONE);
            return;
        }
        try {
            chain.proceed();
        } finally {
            leave();
        }
    }

    private boolean enter(boolean always) {
        lock.lock();
        try {
            if (draining && !always) {
                return false;
            }
            underWay++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            if (--underWay == 0) {
                quiet.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on new requests are refused. */
    public void begin() {
        lock.lock();
        try {
            draining = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until no request is under way.
     *
     * @return whether that was so in time
     */
    public boolean await(Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (underWay > 0 && nanos > 0) {
                nanos = quiet.awaitNanos(nanos);
            }
            return underWay == 0;
        } finally {
            lock.unlock();
        }
    }

    /** How many requests are under way, streams too. */
    public int underWay() {
        lock.lock();
        try {
            return underWay;
        } finally {
            lock.unlock();
        }
    }
}
