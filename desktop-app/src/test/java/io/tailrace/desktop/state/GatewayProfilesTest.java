package io.tailrace.desktop.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class GatewayProfilesTest {

    private static final URI HERE = URI.create("http://127.0.0.1:8787");
    private static final URI THERE = URI.create("https://tail.example/live");

    @TempDir Path folder;

    private final List<String> told = new ArrayList<>();

    @Test
    void theLatestComesFirstAndChannelsAreKept() throws IOException {
        GatewayProfiles profiles = profiles();
        profiles.used(new GatewayProfile(HERE, List.of("*")));
        profiles.used(new GatewayProfile(THERE, List.of("logs:acme:*", "runs:acme:*")));
        profiles.used(new GatewayProfile(HERE, List.of()));
        assertThat(profiles().all())
                .containsExactly(
                        new GatewayProfile(HERE, List.of()),
                        new GatewayProfile(THERE, List.of("logs:acme:*", "runs:acme:*")));
        assertThat(GatewayProfile.folderName(HERE)).isNotEqualTo(GatewayProfile.folderName(THERE));
        assertThat(GatewayProfile.folderName(THERE)).doesNotContain("/").doesNotContain(":");
    }

    @Test
    void aBrokenFileIsMovedAsideAndTold() throws IOException {
        Files.writeString(folder.resolve("gateways.json"), "{\"gateways\":[{]");
        assertThat(profiles().all()).isEmpty();
        assertThat(told).singleElement().asString().contains("gateways.json.broken");
        assertThat(folder.resolve("gateways.json.broken")).exists();
    }

    @Test
    void aViewIsKeptByNames() throws IOException {
        ViewFile file = new ViewFile(folder.resolve("deep/view.json"), told::add);
        assertThat(file.load()).isEqualTo(ViewState.FIRST);
        ViewState view = ViewState.FIRST.with("a", "1").with("b", List.of("x", "y"));
        file.save(view);
        assertThat(file.load()).isEqualTo(view);
        assertThat(file.load().text("nothing", "else")).isEqualTo("else");
        assertThat(told).isEmpty();
    }

    private GatewayProfiles profiles() {
        return new GatewayProfiles(folder.resolve("gateways.json"), told::add);
    }
}
