package io.tailrace.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** An HTTP server that answers each request by the next script, byte for byte. */
final class ScriptedServer implements AutoCloseable {

    /** What to do with one request; the connection is closed when it returns. */
    interface Script {
        void answer(Exchange exchange) throws IOException, InterruptedException;
    }

    /** What was asked. */
    record Asked(String method, String target, Map<String, String> headers, String body) {}

    private final ServerSocket socket;
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final Queue<Script> pages = new ConcurrentLinkedQueue<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Asked> pagesAsked = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    ScriptedServer(Script... scripts) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.scripts.addAll(List.of(scripts));
        Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    void then(Script script) {
        scripts.add(script);
    }

    /** Answers a request for a page of events; without a script there are no such pages. */
    void thenPage(Script script) {
        pages.add(script);
    }

    /** What was asked, but for pages of events. */
    List<Asked> asked() {
        return asked;
    }

    List<Asked> pagesAsked() {
        return pagesAsked;
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = in.readLine();
            if (first == null) {
                return;
            }
            Map<String, String> headers = new TreeMap<>();
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                String[] parts = line.split(": ?", 2);
                headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
                line = in.readLine();
            }
            char[] body = new char[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
            for (int at = 0; at < body.length; ) {
                at += in.read(body, at, body.length - at);
            }
            String[] words = first.split(" ", 3);
            boolean page = words[1].startsWith("/api/events?");
            Script script = page ? pages.poll() : scripts.poll();
            (page ? pagesAsked : asked).add(new Asked(words[0], words[1], headers, utf8(body)));
            if (script == null && page) {
                new Exchange(connection.getOutputStream()).head("404 Not Found");
            } else if (script != null) {
                script.answer(new Exchange(connection.getOutputStream()));
            }
        } catch (IOException e) {
            // the client went away, as some tests want it to
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String utf8(char[] latin1) {
        return new String(
                new String(latin1).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** One answer being written. */
    final class Exchange {
        private final OutputStream out;

        Exchange(OutputStream out) {
            this.out = out;
        }

        /** Writes the head of an event stream that ends with the connection. */
        Exchange stream() throws IOException {
            return head("200 OK", "Content-Type: text/event-stream");
        }

        /** Writes a page and ends. */
        Exchange page(String json) throws IOException {
            return head("200 OK", "Content-Type: application/json").send(json);
        }

        Exchange head(String status, String... headers) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            return send(head.append("Connection: close\r\n\r\n").toString());
        }

        Exchange send(String text) throws IOException {
            return send(text.getBytes(StandardCharsets.UTF_8));
        }

        Exchange send(byte[]... frames) throws IOException {
            for (byte[] frame : frames) {
                out.write(frame);
            }
            out.flush();
            return this;
        }

        /** Keeps the connection open, silently, until the test ends. */
        void hang() throws InterruptedException {
            closing.await();
        }
    }
}
